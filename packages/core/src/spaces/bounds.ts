import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { FLOAT32_RANGE, fitsFloat32 } from '../options/float32.js';

/** The bounds of a box as float32 numbers, flat. */
export interface Bounds {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** A bound for all elements, or one for each. */
type Given = number | ArrayLike<number>;

/**
 * The float32 bounds of `size` elements, rounded inwards: nothing between them is outside the bounds that were given. Where no float32
 * lies between these, both are rounded to the nearest.
 *
 * @returns the bounds, and those rounded to the nearest float32 where these differ
 * @throws InvalidOptionsError naming the first bound that float32 does not keep, or the first pair that is crossed
 */
export function roundBounds(given: { readonly low: Given; readonly high: Given }, size: number): Bounds & { readonly nearest: Bounds | undefined } {
  const nearest = { low: rounded('low', given.low, size), high: rounded('high', given.high, size) };
  const [low, high] = [nearest.low.slice(), nearest.high.slice()];
  let differ = false;
  for (let i = 0; i < size; i++) {
    const [from, to] = [boundAt(given.low, i), boundAt(given.high, i)];
    if (from > to || from === Number.POSITIVE_INFINITY || to === Number.NEGATIVE_INFINITY) throw crossed(from, to, i);
    const inner = [low[i]! < from ? nextUp(low[i]!) : low[i]!, high[i]! > to ? -nextUp(-high[i]!) : high[i]!] as const;
    if (inner[0] > inner[1] || inner[0] === Number.POSITIVE_INFINITY || inner[1] === Number.NEGATIVE_INFINITY) continue;
    differ ||= inner[0] !== low[i] || inner[1] !== high[i];
    [low[i], high[i]] = inner;
  }
  return { low, high, nearest: differ ? nearest : undefined };
}

function rounded(name: string, given: Given, size: number): Float32Array {
  const bounds = new Float32Array(size);
  if (typeof given === 'number') return bounds.fill(kept(name, given, ''));
  for (let i = 0; i < size; i++) bounds[i] = kept(name, given[i]!, ` at element ${i}`);
  return bounds;
}

function kept(name: string, bound: number, at: string): number {
  if (fitsFloat32(bound) || Math.abs(bound) === Number.POSITIVE_INFINITY) return bound;
  throw new InvalidOptionsError({
    where: 'box',
    got: `${name}: ${describeValue(bound)}${at}`,
    expected: `0, an infinity or a number of a size from ${FLOAT32_RANGE}`,
    remedy: Math.abs(bound) > 1 ? `Write ${bound < 0 ? '-' : ''}Infinity for no bound.` : 'Write 0 for a bound that is as good as 0.',
  });
}

function crossed(low: number, high: number, at: number): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'box',
    got: `low ${low} and high ${high} at element ${at}`,
    expected: 'low ≤ high with finite numbers between them',
    remedy: 'Swap or widen the bounds.',
  });
}

function boundAt(given: Given, i: number): number {
  return typeof given === 'number' ? given : given[i]!;
}

const float = new Float32Array(1);
const word = new Int32Array(float.buffer);

/** The next float32 above a finite one. */
function nextUp(value: number): number {
  // −0 counts as 0
  float[0] = value + 0;
  word[0]! += value >= 0 ? 1 : -1;
  return float[0];
}
