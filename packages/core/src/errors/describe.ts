/** A short literal of any value for an error message: long arrays and strings are cut, functions are named. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value.length > 60 ? `"${value.slice(0, 57)}…"` : `"${value}"`;
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return describeList(value);
  if (value !== null && typeof value === 'object') {
    const name = value.constructor?.name;
    return name && name !== 'Object' ? `an instance of ${name}` : `an object with keys [${Object.keys(value).slice(0, 6).join(', ')}]`;
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

function describeList(value: object): string {
  const name = value.constructor?.name ?? 'array';
  const items = Array.prototype.slice.call(value, 0, 7);
  const number = value instanceof Float32Array ? shortestFloat32 : String;
  const shown = Array.from(items.slice(0, 6), (item) => (typeof item === 'number' ? number(item) : describeValue(item)));
  return `${Array.isArray(value) ? '' : name}[${shown.join(', ')}${items.length > 6 ? ', …' : ''}]`;
}

/** The shortest decimal that rounds to a float32: 0.1, where its float64 digits are 0.10000000149011612. */
function shortestFloat32(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
