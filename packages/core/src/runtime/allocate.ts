import { describeValue } from '../errors/describe.js';
import { UnavailableError } from '../errors/kinds.js';
import { requireArgument, requireText } from '../options/require-argument.js';

/** The most bytes of one array; some runtimes allow no more. */
const MOST_BYTES = 2 ** 32;

/** A kind of typed array. */
export interface ArrayKind<TArray> {
  new (length: number): TArray;
  readonly BYTES_PER_ELEMENT: number;
}

/**
 * A typed array of zeros, or an error that names its size.
 *
 * @param of - what it holds, for the message: `the rewards of 8 copies`
 * @throws UnavailableError when it would take more than 4 GiB, or the machine has no memory for it
 */
export function allocate<TArray>(kind: ArrayKind<TArray>, length: number, of: string): TArray {
  if (typeof kind?.BYTES_PER_ELEMENT !== 'number' || typeof kind !== 'function')
    requireArgument(false, 'allocate', { name: 'kind', value: kind, expected: 'a class of typed arrays' });
  requireText('allocate', 'of', of);
  requireArgument(Number.isInteger(length), 'allocate', { name: 'length', value: length, expected: 'a whole number' });
  return withRoom(length * kind.BYTES_PER_ELEMENT, of, () => new kind(length));
}

/**
 * Memory that threads share, zeroed, or an error that names its size.
 *
 * @throws UnavailableError as {@link allocate}
 */
export function allocateShared(bytes: number, of: string): SharedArrayBuffer {
  requireText('allocateShared', 'of', of);
  return withRoom(bytes, of, () => new SharedArrayBuffer(bytes));
}

function withRoom<T>(bytes: number, of: string, make: () => T): T {
  if (!(typeof bytes === 'number' && bytes >= 0 && bytes <= MOST_BYTES && Number.isInteger(bytes))) throw tooLarge(bytes, of);
  try {
    return make();
  } catch (cause) {
    throw tooLarge(bytes, of, cause);
  }
}

function tooLarge(bytes: number, of: string, cause?: unknown): UnavailableError {
  return new UnavailableError({
    where: 'memory',
    got: `${of}, which take ${inWords(bytes)}`,
    expected: 'at most 4 GiB in one array, and no more than the machine has free',
    remedy: 'Use fewer environments, shorter rollouts, or smaller observations and layers.',
    cause,
  });
}

function inWords(bytes: number): string {
  if (typeof bytes !== 'number' || !(bytes >= 0)) return `${describeValue(bytes)} bytes`;
  const [unit, name] = bytes < 2 ** 30 ? [2 ** 20, 'MiB'] : [2 ** 30, 'GiB'];
  const count = bytes / unit;
  return `${count < 1e6 ? count.toFixed(1) : count.toPrecision(3)} ${name}`;
}
