import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Rng, type RngState } from './rng.js';

const words = (rng: Rng, n = 3) => Array.from({ length: n }, () => rng.uint32());
const untypedState = (state: unknown) => Rng.fromState(state as RngState);

/** xoroshiro128+ as Blackman and Vigna print it (a, b, c = 24, 16, 37), of whose 64-bit sums `uint32` gives the lower half. */
function* xoroshiro(state: RngState): Generator<number> {
  const mask = 0xffffffffffffffffn;
  const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (64n - k))) & mask;
  const [high0, low0, high1, low1] = state.generator.map((word) => BigInt(word >>> 0)) as [bigint, bigint, bigint, bigint];
  let s0 = (high0 << 32n) | low0;
  let s1 = (high1 << 32n) | low1;
  for (;;) {
    yield Number((s0 + s1) & 0xffffffffn);
    s1 ^= s0;
    s0 = (rotate(s0, 24n) ^ s1 ^ (s1 << 16n)) & mask;
    s1 = rotate(s1, 37n);
  }
}

describe('golden values: a change here changes every seeded run', () => {
  test.each([
    [0, [4293816140, 3998328728, 2854523156]],
    [1, [555135268, 3150445751, 4192654088]],
    [-1, [346204785, 977974702, 734138981]],
    [2 ** 32, [1547697371, 2257804735, 3252213860]],
    [-(2 ** 32), [1874439314, 2315963209, 1816163340]],
    [Number.MAX_SAFE_INTEGER, [176312656, 303983246, 3191231102]],
  ])('seed %d', (seed, expected) => {
    expect(words(Rng.fromSeed(seed))).toEqual(expected);
  });

  test('children', () => {
    const root = Rng.fromSeed(0);
    expect(root.stream('init').uint32()).toBe(611007323);
    expect(root.stream('env').uint32()).toBe(3446559512);
    expect(root.stream('env', 2).uint32()).toBe(2109962027);
    expect(root.stream('a').stream('b').uint32()).toBe(1428740256);
    expect(root.stream('').uint32()).toBe(984845185);
  });

  test('every kind of draw', () => {
    expect(Rng.fromSeed(0).uniform()).toBe(0.9997319797496009);
    expect(Rng.fromSeed(0).normal()).toBe(0.8222228258270093);
    expect(Rng.fromSeed(0).exponential()).toBe(8.22444801911746);
    const die = Rng.fromSeed(0);
    expect(Array.from({ length: 12 }, () => die.integer(6))).toEqual([5, 0, 5, 2, 2, 0, 2, 0, 0, 4, 1, 3]);
    const floats = new Float32Array(3);
    Rng.fromSeed(0).fillUniform(floats);
    expect(floats).toEqual(new Float32Array([16772719 / 2 ** 24, 15618471 / 2 ** 24, 11150481 / 2 ** 24]));
  });
});

describe('the generator', () => {
  test('is xoroshiro128+', () => {
    const rng = Rng.fromSeed(42);
    const reference = xoroshiro(rng.state());
    for (let i = 0; i < 1000; i++) expect(rng.uint32()).toBe(reference.next().value);
  });

  test('uniform and fillUniform take the upper bits of its words', () => {
    const [first, second] = words(Rng.fromSeed(9), 2) as [number, number];
    expect(Rng.fromSeed(9).uniform()).toBe(Math.floor(first / 2 ** 5) / 2 ** 27 + Math.floor(second / 2 ** 6) / 2 ** 53);
    const out = new Float32Array(1);
    Rng.fromSeed(9).fillUniform(out);
    expect(out[0]).toBe(Math.floor(first / 2 ** 8) / 2 ** 24);
  });
});

describe('seeds', () => {
  test('different seeds give different streams: zero, negative, beyond 2^32', () => {
    const seeds = [0, 1, -1, 2, -2, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32), 2 ** 32 + 1, 2 ** 53 - 1, -(2 ** 53) + 1];
    expect(new Set(seeds.map((seed) => words(Rng.fromSeed(seed)).join())).size).toBe(seeds.length);
  });

  test('−0 is 0', () => {
    expect(words(Rng.fromSeed(-0))).toEqual(words(Rng.fromSeed(0)));
  });

  test('keys of distinct seeds are distinct', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
        fc.pre(a !== b);
        expect(Rng.fromSeed(a).state().key).not.toEqual(Rng.fromSeed(b).state().key);
      }),
    );
  });

  test.each([
    [0.5, '0.5'],
    [Number.NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [2 ** 53, '9007199254740992'],
    ['7', '"7"'],
    [7n, '7n'],
    [undefined, 'undefined'],
  ])('refuses the seed %s', (seed, shown) => {
    expect(() => Rng.fromSeed(seed as number)).toThrow(`Rng.fromSeed: got seed: ${shown}; expected a safe integer. Pass a whole number, for example seed: 0.`);
  });
});

describe('streams', () => {
  test('do not depend on how much was drawn', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat({ max: 50 }), fc.string(), fc.nat(), (seed, drawn, name, index) => {
        const rng = Rng.fromSeed(seed);
        words(rng, drawn);
        expect(words(rng.stream(name, index))).toEqual(words(Rng.fromSeed(seed).stream(name, index)));
      }),
    );
  });

  test('taking one draws nothing', () => {
    const rng = Rng.fromSeed(1);
    words(rng.stream('child'), 10);
    expect(words(rng)).toEqual(words(Rng.fromSeed(1)));
  });

  test('names, indices, order and depth all tell streams apart', () => {
    const root = Rng.fromSeed(0);
    const streams = [
      root,
      root.stream(''),
      root.stream('', 1),
      root.stream('a'),
      root.stream('a', 1),
      root.stream('a', -1),
      root.stream('a', 2 ** 32),
      root.stream('a', 2 ** 32 + 1),
      root.stream('b'),
      root.stream('ab'),
      root.stream('ba'),
      root.stream('a\0'),
      root.stream('ā'),
      root.stream('a').stream('b'),
      root.stream('b').stream('a'),
      root.stream('generator'),
      Rng.fromSeed(1).stream('a'),
    ];
    expect(new Set(streams.map((stream) => words(stream).join())).size).toBe(streams.length);
  });

  test.each([
    [0.5, '0.5'],
    [Number.NaN, 'NaN'],
    [2 ** 53, '9007199254740992'],
    ['1', '"1"'],
  ])('refuse the index %s', (index, shown) => {
    expect(() => Rng.fromSeed(0).stream('env', index as number)).toThrow(`rng.stream: got index: ${shown}; expected a safe integer.`);
  });
});

describe('state', () => {
  test('goes on from anywhere, through JSON, children included', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat({ max: 100 }), (seed, drawn) => {
        const rng = Rng.fromSeed(seed).stream('env', 3);
        words(rng, drawn);
        const copy = Rng.fromState(JSON.parse(JSON.stringify(rng.state())));
        expect(words(copy)).toEqual(words(rng));
        expect(words(copy.stream('child'))).toEqual(words(rng.stream('child')));
      }),
    );
  });

  test('is a snapshot: drawing does not change it', () => {
    const rng = Rng.fromSeed(0);
    const state = rng.state();
    words(rng);
    expect(state).toEqual(Rng.fromSeed(0).state());
  });

  test('restore makes a stream the one that the state was taken from', () => {
    const saved = Rng.fromSeed(1).stream('env');
    words(saved);
    const rng = Rng.fromSeed(2);
    rng.restore(saved.state());
    expect(rng.state()).toEqual(saved.state());
    expect(words(rng.stream('child'))).toEqual(words(saved.stream('child')));
    expect(words(rng)).toEqual(words(saved));
  });

  const good = Rng.fromSeed(0).state();
  test.each([
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['no generator', { key: good.key }, 'an object with keys [key]'],
    ['no key', { generator: good.generator }, 'an object with keys [generator]'],
    ['three words', { key: good.key, generator: [1, 2, 3] }, 'an object with keys [key, generator]'],
    ['fractions', { key: good.key, generator: [1, 2, 3, 0.5] }, 'an object with keys [key, generator]'],
    ['more than 32 bits', { key: [0, 0, 0, 2 ** 31], generator: good.generator }, 'an object with keys [key, generator]'],
    ['a generator of zeros, which would stay there', { key: good.key, generator: [0, 0, 0, 0] }, 'an object with keys [key, generator]'],
  ])('refuses %s', (_, state, shown) => {
    const message = `Rng.fromState: got ${shown}; expected a state made by rng.state(). Pass what state() returned, unchanged.`;
    expect(() => untypedState(state)).toThrow(message);
    expect(() => Rng.fromSeed(0).restore(state as RngState)).toThrow(message);
  });
});

describe('draws', () => {
  test('uint32 is a whole number below 2^32', () => {
    for (const word of words(Rng.fromSeed(0), 1000)) expect(word).toBe(word >>> 0);
  });

  test('uniform is a multiple of 2^−53 in [0, 1)', () => {
    const rng = Rng.fromSeed(0);
    for (let i = 0; i < 1000; i++) {
      const x = rng.uniform();
      expect(x >= 0 && x < 1 && Number.isInteger(x * 2 ** 53)).toBe(true);
    }
  });

  test('uniform stays between its bounds', () => {
    const bound = fc.double({ min: -1e300, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(fc.integer(), bound, bound, (seed, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const x = Rng.fromSeed(seed).uniform(low, high);
        expect(x >= low && x <= high).toBe(true);
      }),
    );
  });

  test('fillUniform writes multiples of 2^−24 in [0, 1), between `from` and `to` only', () => {
    const out = new Float32Array(100).fill(-1);
    Rng.fromSeed(0).fillUniform(out, 10, 90);
    expect(out.subarray(0, 10)).toEqual(new Float32Array(10).fill(-1));
    expect(out.subarray(90)).toEqual(new Float32Array(10).fill(-1));
    for (const x of out.subarray(10, 90)) expect(x >= 0 && x < 1 && Number.isInteger(x * 2 ** 24)).toBe(true);
  });

  test('fillUniform in parts draws what it draws at once', () => {
    const [parts, whole] = [new Float32Array(100), new Float32Array(100)];
    const rng = Rng.fromSeed(4);
    rng.fillUniform(parts, 0, 30);
    rng.fillUniform(parts, 30);
    Rng.fromSeed(4).fillUniform(whole);
    expect(parts).toEqual(whole);
  });

  test('integer is a whole number below its bound', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, bound) => {
        const value = Rng.fromSeed(seed).integer(bound);
        expect(Number.isInteger(value) && value >= 0 && value < bound).toBe(true);
      }),
    );
  });

  test('integer of one value is 0, of 2^32 values a whole word', () => {
    expect(Rng.fromSeed(0).integer(1)).toBe(0);
    expect(Rng.fromSeed(0).integer(2 ** 32)).toBe(4293816140);
  });

  test.each([
    [0, '0'],
    [-1, '-1'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [2 ** 32 + 1, '4294967297'],
    ['3', '"3"'],
  ])('integer refuses the bound %s', (bound, shown) => {
    expect(() => Rng.fromSeed(0).integer(bound as number)).toThrow(
      `rng.integer: got bound: ${shown}; expected a whole number from 1 to 2^32. Pass how many values there are.`,
    );
  });
});
