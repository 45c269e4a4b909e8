/**
 * @param {...Uint8Array} parts
 * @returns {Promise<string>} in hexadecimal
 */
export async function sha256(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  const hash = await crypto.subtle.digest('SHA-256', whole);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
