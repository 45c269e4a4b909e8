const hashes = new Map<string, number>();

/** A 32-bit hash of a text (FNV-1a). Updates ask for the same things again and again, so hashes are kept. */
export function hashOf(text: string): number {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  if (hashes.size > 1000) hashes.clear();
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hashes.set(text, hash >>> 0);
  return hash >>> 0;
}

/** A hash of two hashes, in their order. */
export function combine(first: number, second: number): number {
  return Math.imul(first ^ second, 0x01000193) >>> 0;
}
