import { isFloat32Array } from '../realms/array-name.js';

/** Lists within lists are shown to this depth. */
const DEEPEST = 2;

/** A short literal of any value for an error message: long arrays and strings are cut, functions are named. Never throws. */
export function describeValue(value: unknown): string {
  return describeAt(value, 0);
}

function describeAt(value: unknown, depth: number): string {
  try {
    return literalOf(value, depth);
  } catch {
    // a getter, a trap of a proxy
    return typeof value === 'function' ? 'a function' : 'an object that cannot be read';
  }
}

function literalOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return value.length > 60 ? `"${value.slice(0, 57)}…"` : `"${value}"`;
  if (typeof value === 'function') return typeof value.name === 'string' && value.name ? `the function ${value.name}` : 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return describeList(value, depth);
  if (value !== null && typeof value === 'object') {
    const name = value.constructor?.name;
    const isNamed = typeof name === 'string' && name !== '' && name !== 'Object';
    return isNamed ? `an instance of ${name}` : `an object with keys [${Object.keys(value).slice(0, 6).join(', ')}]`;
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A list that is within too many others, or within itself, is `[…]`. */
function describeList(value: object, depth: number): string {
  const name = Array.isArray(value) ? '' : (value.constructor?.name ?? 'array');
  if (depth > DEEPEST) return `${name}[…]`;
  const items = Array.prototype.slice.call(value, 0, 7);
  const number = isFloat32Array(value) ? shortestFloat32 : String;
  const shown = Array.from(items.slice(0, 6), (item) => (typeof item === 'number' ? number(item) : describeAt(item, depth + 1)));
  return `${name}[${shown.join(', ')}${items.length > 6 ? ', …' : ''}]`;
}

/** The shortest decimal that rounds to a float32: 0.1, where its float64 digits are 0.10000000149011612. */
function shortestFloat32(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
