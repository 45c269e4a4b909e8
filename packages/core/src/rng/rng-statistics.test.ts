import { describe, expect, test } from 'vitest';
import { average, correlation, evennessScore } from '../../fixtures/statistics.js';
import { Rng } from './rng.js';

// Every bound is 5 standard errors (6 where thousands of numbers are compared at once): fair randomness exceeds it less than
// once in a million, whatever the seed.
const draws = 200_000;

function drawMany(draw: (rng: Rng) => number): Float64Array {
  const rng = Rng.fromSeed(2024);
  return Float64Array.from({ length: draws }, () => draw(rng));
}

/** Counts of whole numbers below `buckets`. */
function tally(values: ArrayLike<number>, buckets: number): number[] {
  const counts = new Array<number>(buckets).fill(0);
  for (let i = 0; i < values.length; i++) counts[values[i]!]! += 1;
  return counts;
}

const share = (values: Float64Array, inside: (x: number) => boolean) => average(values, (x) => (inside(x) ? 1 : 0));
const shareError = (p: number) => 5 * Math.sqrt((p * (1 - p)) / draws);

describe('uniform', () => {
  const values = drawMany((rng) => rng.uniform());

  test('has mean 1/2, variance 1/12 and fourth central moment 1/80', () => {
    // the variances of one draw's x, (x − ½)² and (x − ½)⁴: 1/12, 1/180 and 1/3600
    expect(Math.abs(average(values) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / draws));
    expect(Math.abs(average(values, (x) => (x - 0.5) ** 2) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / draws));
    expect(Math.abs(average(values, (x) => (x - 0.5) ** 4) - 1 / 80)).toBeLessThan(5 * Math.sqrt(1 / 3600 / draws));
  });

  test('fills 256 buckets evenly', () => {
    expect(
      Math.abs(
        evennessScore(
          tally(
            values.map((x) => Math.floor(x * 256)),
            256,
          ),
        ),
      ),
    ).toBeLessThan(5);
  });

  test('successive draws fill the cells of a 16 × 16 grid evenly', () => {
    const cells = Float64Array.from({ length: draws / 2 }, (_, i) => Math.floor(values[2 * i]! * 16) * 16 + Math.floor(values[2 * i + 1]! * 16));
    expect(Math.abs(evennessScore(tally(cells, 256)))).toBeLessThan(5);
  });
});

test('fillUniform fills 256 buckets evenly, by its upper and by its lower bits', () => {
  const floats = new Float32Array(draws);
  Rng.fromSeed(1).fillUniform(floats);
  expect(
    Math.abs(
      evennessScore(
        tally(
          floats.map((x) => Math.floor(x * 256)),
          256,
        ),
      ),
    ),
  ).toBeLessThan(5);
  expect(
    Math.abs(
      evennessScore(
        tally(
          floats.map((x) => (x * 2 ** 24) % 256),
          256,
        ),
      ),
    ),
  ).toBeLessThan(5);
});

describe('normal', () => {
  const values = drawMany((rng) => rng.normal());

  test('has mean 0, variance 1, skewness 0 and kurtosis 3', () => {
    // the variances of x, x², x³ and x⁴: 1, 2, 15 and 96
    expect(Math.abs(average(values))).toBeLessThan(5 * Math.sqrt(1 / draws));
    expect(Math.abs(average(values, (x) => x ** 2) - 1)).toBeLessThan(5 * Math.sqrt(2 / draws));
    expect(Math.abs(average(values, (x) => x ** 3))).toBeLessThan(5 * Math.sqrt(15 / draws));
    expect(Math.abs(average(values, (x) => x ** 4) - 3)).toBeLessThan(5 * Math.sqrt(96 / draws));
  });

  // erfc(k/√2)
  test.each([
    [0.5, 0.6170750774519738],
    [1, 0.31731050786291415],
    [2, 0.04550026389635842],
    [3, 0.0026997960632601866],
  ])('lies beyond ±%d with the right probability, on either side alike', (k, probability) => {
    expect(Math.abs(share(values, (x) => x > k) - probability / 2)).toBeLessThan(shareError(probability / 2));
    expect(Math.abs(share(values, (x) => x < -k) - probability / 2)).toBeLessThan(shareError(probability / 2));
  });

  test('successive draws are uncorrelated', () => {
    expect(Math.abs(correlation(values.subarray(1), values.subarray(0, draws - 1)))).toBeLessThan(5 / Math.sqrt(draws));
  });
});

describe('exponential', () => {
  const values = drawMany((rng) => rng.exponential());

  test('has mean 1 and variance 1', () => {
    // the variance of (x − 1)² is 8
    expect(Math.abs(average(values) - 1)).toBeLessThan(5 * Math.sqrt(1 / draws));
    expect(Math.abs(average(values, (x) => (x - 1) ** 2) - 1)).toBeLessThan(5 * Math.sqrt(8 / draws));
  });

  test.each([0.1, 1, 3, 6])('exceeds %d with probability e^−x', (k) => {
    expect(Math.abs(share(values, (x) => x > k) - Math.exp(-k))).toBeLessThan(shareError(Math.exp(-k)));
  });
});

describe('integer', () => {
  test.each([2, 3, 10, 64, 1000])('of %d values takes each alike', (bound) => {
    expect(
      Math.abs(
        evennessScore(
          tally(
            drawMany((rng) => rng.integer(bound)),
            bound,
          ),
        ),
      ),
    ).toBeLessThan(5);
  });

  // a remainder of 2^32 would take the values below 2^30 twice as often when the bound is 3·2^30
  test.each([3 * 2 ** 30, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32])('of %d values takes each alike', (bound) => {
    const values = drawMany((rng) => rng.integer(bound));
    expect(
      Math.abs(
        evennessScore(
          tally(
            values.map((x) => Math.floor((x / bound) * 96)),
            96,
          ),
        ),
      ),
    ).toBeLessThan(5);
    expect(
      Math.abs(
        evennessScore(
          tally(
            values.map((x) => x % 32),
            32,
          ),
        ),
      ),
    ).toBeLessThan(5);
  });

  test('of 2 values is not linear: no short feedback register gives the bits', () => {
    // the complexity of n random bits is n/2 within 10 but for once in a million; the generator's lowest bit has 128
    const rng = Rng.fromSeed(5);
    const bits = Array.from({ length: 1000 }, () => rng.integer(2));
    expect(Math.abs(linearComplexity(bits) - 500)).toBeLessThanOrEqual(10);
    expect(linearComplexity(Array.from({ length: 1000 }, () => rng.uint32() % 2))).toBe(128);
  });
});

describe('streams and seeds are unrelated', () => {
  test('64 indices: no pair of streams correlates', () => {
    const n = 4096;
    const root = Rng.fromSeed(0);
    const streams = Array.from({ length: 64 }, (_, index) => {
      const rng = root.stream('env', index);
      return Float64Array.from({ length: n }, () => rng.uniform());
    });
    let worst = 0;
    for (let i = 0; i < 64; i++) for (let j = 0; j < i; j++) worst = Math.max(worst, Math.abs(correlation(streams[i]!, streams[j]!)));
    expect(worst).toBeLessThan(6 / Math.sqrt(n));
  });

  test.each<[string, (i: number) => Rng]>([
    ['seeds', (i) => Rng.fromSeed(i)],
    ['negative seeds', (i) => Rng.fromSeed(-1 - i)],
    ['seeds 2^32 apart', (i) => Rng.fromSeed(i * 2 ** 32)],
    ['indices', (i) => Rng.fromSeed(0).stream('env', i)],
    ['names', (i) => Rng.fromSeed(0).stream(`env${i}`)],
    ['one name of neighbouring seeds', (i) => Rng.fromSeed(i).stream('env')],
    ['a stream and its child', (i) => (i % 2 === 0 ? Rng.fromSeed(i) : Rng.fromSeed(i - 1).stream('env'))],
  ])('the first draws of successive %s are even and uncorrelated', (_, make) => {
    const n = 20_000;
    const first = Float64Array.from({ length: n }, (_, i) => make(i).uniform());
    expect(
      Math.abs(
        evennessScore(
          tally(
            first.map((x) => Math.floor(x * 64)),
            64,
          ),
        ),
      ),
    ).toBeLessThan(5);
    const pairs = Float64Array.from({ length: n / 2 }, (_, i) => Math.floor(first[2 * i]! * 8) * 8 + Math.floor(first[2 * i + 1]! * 8));
    expect(Math.abs(evennessScore(tally(pairs, 64)))).toBeLessThan(5);
    for (const lag of [1, 2, 256]) expect(Math.abs(correlation(first.subarray(lag), first.subarray(0, n - lag)))).toBeLessThan(5 / Math.sqrt(n - lag));
  });
});

/** The length of the shortest linear feedback register that gives these bits (Berlekamp 1968, Massey 1969). */
function linearComplexity(bits: readonly number[]): number {
  let connection = [1];
  let previous = [1];
  let length = 0;
  let shift = 1;
  for (let n = 0; n < bits.length; n++, shift++) {
    let discrepancy = 0;
    for (let i = 0; i <= length; i++) discrepancy ^= (connection[i] ?? 0) & bits[n - i]!;
    if (discrepancy === 0) continue;
    const next = [...connection];
    for (let i = 0; i < previous.length; i++) next[i + shift] = (next[i + shift] ?? 0) ^ previous[i]!;
    for (let i = 0; i < next.length; i++) next[i] ??= 0;
    if (2 * length <= n) {
      length = n + 1 - length;
      previous = connection;
      shift = 0;
    }
    connection = next;
  }
  return length;
}
