import { DisposedError, InvalidOptionsError, InvalidShapeError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { zeros } from '../../initializers/constant.js';
import { dense, tanh } from '../../network/layer.js';
import type { Network } from '../../network/network.js';
import { sgd } from '../../optimizers/sgd.js';
import type { DiagonalGaussianSpec } from '../distribution-spec.js';
import type { CompileOptions, TrainableNetwork } from '../engine.js';
import { wasmEngine } from './wasm-engine.js';

const network: Network = {
  inputShape: [2, 2],
  trunk: [dense(3), tanh()],
  heads: { logits: [dense(2)], value: [dense(1)] },
  vectors: { logStd: { size: 2, init: zeros() }, other: { size: 3, init: zeros() } },
};
const categorical = { kind: 'categorical', head: 'logits' } as const;
const engine = wasmEngine();
const compile = (options: Partial<CompileOptions> = {}, of = network) => engine.compile(of, { rows: 4, distribution: categorical, ...options });
const forTraining = (rows = 4) => engine.compileForTraining(network, { rows, distribution: categorical, optimizer: sgd() });

describe('compile', () => {
  test('gives buffers of the right sizes', () => {
    const compiled = forTraining(5);
    expect(engine.name).toBe('wasm');
    expect(compiled.rows).toBe(5);
    expect(compiled.input).toHaveLength(20);
    expect(compiled.output('logits')).toHaveLength(10);
    expect(compiled.output('value')).toHaveLength(5);
    expect(compiled.outputGradient('value')).toHaveLength(5);
    expect(compiled.distribution.actions).toEqual(new Int32Array(5));
    expect([compiled.distribution.logProbs, compiled.distribution.entropies, compiled.logProbGradients, compiled.entropyGradients]).toEqual(
      new Array(4).fill(new Float32Array(5)),
    );
    expect(compiled.parameters.map(({ name, shape, values }) => [name, shape, values.length])).toEqual([
      ['trunk.0.weight', [4, 3], 12],
      ['trunk.0.bias', [3], 3],
      ['heads.logits.0.weight', [3, 2], 6],
      ['heads.logits.0.bias', [2], 2],
      ['heads.value.0.weight', [3, 1], 3],
      ['heads.value.0.bias', [1], 1],
      ['logStd', [2], 2],
      ['other', [3], 3],
    ]);
    expect(compiled.gradients.map(({ name, shape }) => [name, shape])).toEqual(compiled.parameters.map(({ name, shape }) => [name, shape]));
  });

  test('gives a Gaussian actions [rows, size]', () => {
    expect(compile({ distribution: { kind: 'diagonalGaussian', head: 'logits', logStd: 'logStd' } }).distribution.actions).toEqual(new Float32Array(8));
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['no heads', { inputShape: [2], trunk: [] }],
    ['a head that is no list', { inputShape: [2], trunk: [], heads: { logits: dense(2) } }],
  ])('refuses %s for a network', (_, of) => {
    expect(() => compile({}, of as Network)).toThrow('expected an object { inputShape, trunk, heads } with lists of layers.');
  });

  test('refuses to learn without an optimiser', () => {
    expect(() => engine.compileForTraining(network, { rows: 4, distribution: categorical } as never)).toThrow(
      'wasm engine: got optimizer: undefined; expected adam(), rmsprop() or sgd(). Give what one of them returns, or compile() a network that does not learn.',
    );
    expect(() => engine.compileForTraining(network, { rows: 4, distribution: categorical, optimizer: sgd as never })).toThrow(
      'got optimizer: the function sgd',
    );
  });

  test.each([
    [0, '0'],
    [-1, '-1'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [Infinity, 'Infinity'],
    ['4', '"4"'],
    [undefined, 'undefined'],
  ])('refuses %s rows', (rows, shown) => {
    const error = new InvalidOptionsError({
      where: 'wasm engine',
      got: `rows: ${shown}`,
      expected: 'a positive whole number',
      remedy: 'Give the most inputs that are held at a time.',
    });
    expect(() => compile({ rows: rows as number })).toThrow(error);
    expect(() => engine.compileForTraining(network, { rows: rows as number, distribution: categorical, optimizer: sgd() })).toThrow(error);
  });

  test('refuses a head without layers', () => {
    expect(() => compile({}, { ...network, heads: { logits: [], value: [dense(1)] } })).toThrow(
      'wasm engine: got the head "logits" without layers; expected at least one layer a head. Add a dense layer to the head.',
    );
  });

  test.each([
    [undefined, 'undefined'],
    [{ head: 'y' }, 'an object with keys [head]'],
    [{ kind: 'beta', head: 'y' }, '"beta"'],
    ['categorical', '"categorical"'],
  ])('refuses the distribution %o', (distribution, shown) => {
    const network: Network = { inputShape: [1], trunk: [], heads: { y: [dense(1)] } };
    expect(() => wasmEngine().compile(network, { rows: 1, distribution: distribution as never })).toThrow(
      `wasm engine: got distribution: ${shown}; expected a kind of categorical, bernoulli, diagonalGaussian.`,
    );
  });

  test.each(['mean', 'toString', '__proto__'])('refuses a distribution on the unknown head %s', (head) => {
    expect(() => compile({ distribution: { kind: 'categorical', head } })).toThrow(InvalidShapeError);
    expect(() => compile({ distribution: { kind: 'categorical', head } })).toThrow(
      `wasm engine: got a distribution on the head "${head}"; expected one of the heads logits, value. Name a head of the network.`,
    );
  });

  test.each(['nothing', 'other', 'constructor', '__proto__'])('refuses a Gaussian with the vector %s', (logStd) => {
    expect(() => compile({ distribution: { kind: 'diagonalGaussian', head: 'logits', logStd } })).toThrow(
      `wasm engine: got no vector "${logStd}" of size 2; expected one log σ for each of the 2 means. Add it to the network's vectors.`,
    );
  });

  test.each<[string, Partial<DiagonalGaussianSpec>, string]>([
    ['an unknown head', { logStdHead: 'std' }, 'got a distribution on the head "std"; expected one of the heads logits, value.'],
    ['the head of the means', { logStdHead: 'logits' }, 'got log σ from the head of the means, "logits"; expected one log σ for each of the 2 means.'],
    ['a head of another size', { logStdHead: 'value' }, 'got the head "value" of size 1; expected one log σ for each of the 2 means. Give log σ a head'],
  ])('refuses log σ from %s', (_, change, message) => {
    expect(() => compile({ distribution: { kind: 'diagonalGaussian', head: 'logits', ...change } as DiagonalGaussianSpec })).toThrow(message);
  });

  test.each<[string, Partial<DiagonalGaussianSpec>, string]>([
    ['a crossed range', { logStdRange: { low: 2, high: -2 } }, 'logStdRange: from 2 to -2; expected low ≤ high within ±40'],
    ['a range of NaN', { logStdRange: { low: Number.NaN, high: 2 } }, 'logStdRange: from NaN to 2; expected low ≤ high within ±40'],
    [
      'infinite bounds',
      { squash: { low: [-1], high: [Infinity] } },
      'squash: from [-1] to [Infinity]; expected finite bounds with low < high for each of the 1',
    ],
    ['bounds that are one', { squash: { low: [1], high: [1] } }, 'squash: from [1] to [1]; expected finite bounds with low < high'],
    ['bounds too far apart', { squash: { low: [-3e38], high: [3e38] } }, 'expected finite bounds'],
    ['too many bounds', { squash: { low: [0, 0], high: [1, 1] } }, 'for each of the 1 numbers. Change "squash", or leave it out for unbounded actions.'],
  ])('refuses %s', (_, change, message) => {
    const distribution = { kind: 'diagonalGaussian', head: 'value', logStd: 'one', ...change } as DiagonalGaussianSpec;
    const vectors = { one: { size: 1, init: zeros() } };
    expect(() => compile({ distribution }, { ...network, vectors })).toThrow(InvalidOptionsError);
    expect(() => compile({ distribution }, { ...network, vectors })).toThrow(message);
  });

  test('refuses a Gaussian on a network without vectors', () => {
    const { inputShape, trunk, heads } = network;
    expect(() => compile({ distribution: { kind: 'diagonalGaussian', head: 'logits', logStd: 'logStd' } }, { inputShape, trunk, heads })).toThrow(
      InvalidShapeError,
    );
  });

  test.each([1e8, 1e12, Number.MAX_SAFE_INTEGER])('%d rows do not fit in 4 GiB', (rows) => {
    expect(() => forTraining(rows)).toThrow(InvalidOptionsError);
    expect(() => compile({ rows })).toThrow(
      /^wasm engine: got \d+ rows of a network with \d+ parameters, which need [\d.e+]+ GiB; expected at most 4 GiB, and no more than the machine has free\. Use fewer environments, shorter rollouts, fewer episodes an update or smaller layers\.$/,
    );
  });

  test('a network of 2.5 GiB computes in its last row', () => {
    const wide: Network = { inputShape: [1 << 20], trunk: [], heads: { logits: [dense(2, { bias: false })] } };
    const compiled = engine.compile(wide, { rows: 640, distribution: categorical });
    compiled.parameters[0]!.values.set([1, 2], (1 << 21) - 2);
    compiled.input[compiled.input.length - 1] = 3;
    compiled.forward(639, 1);
    compiled.distribution.mode(639, 1);
    compiled.distribution.evaluate(639, 1);
    expect([...compiled.output('logits').subarray(1278)]).toEqual([3, 6]);
    expect(compiled.distribution.actions[639]).toBe(1);
    expect(compiled.distribution.logProbs[639]).toBeCloseTo(-Math.log(1 + Math.exp(-3)), 6);
  });
});

describe('rows that the network does not have', () => {
  const calls: [string, (compiled: TrainableNetwork, first: number, count: number) => void][] = [
    ['forward', (compiled, first, count) => compiled.forward(first, count)],
    ['sample', (compiled, first, count) => compiled.distribution.sample(first, count, Rng.fromSeed(0))],
    ['mode', (compiled, first, count) => compiled.distribution.mode(first, count)],
    ['evaluate', (compiled, first, count) => compiled.distribution.evaluate(first, count)],
  ];
  test.each(calls)('%s refuses them', (name, call) => {
    const compiled = forTraining();
    for (const [first, count] of [
      [0, 5],
      [4, 1],
      [-1, 2],
      [0, -1],
      [0.5, 1],
      [0, 1.5],
      [0, Number.NaN],
    ] as const) {
      expect(() => call(compiled, first, count)).toThrow(InvalidShapeError);
      expect(() => call(compiled, first, count)).toThrow(
        `${name}: got ${count} rows from row ${first} on; expected whole numbers within the 4 rows that the network was compiled for. Compile it for more rows.`,
      );
    }
    expect(() => call(compiled, 4, 0)).not.toThrow();
  });

  test('backward refuses them', () => {
    expect(() => forTraining().backward(5)).toThrow('backward: got 5 rows from row 0 on; expected whole numbers within the 4 rows');
  });
});

test.each(['output', 'outputGradient'] as const)('%s refuses a head that is not there', (method) => {
  expect(() => forTraining()[method]('values')).toThrow(InvalidShapeError);
  expect(() => forTraining()[method]('values')).toThrow(
    `${method}: got the head "values"; expected one of the heads logits, value. Name a head of the network.`,
  );
});

describe('after dispose', () => {
  const uses: [string, (compiled: TrainableNetwork) => unknown][] = [
    ['forward', (compiled) => compiled.forward(0, 1)],
    ['carryState', (compiled) => compiled.carryState(0)],
    ['backward', (compiled) => compiled.backward(1)],
    ['gradientNorm', (compiled) => compiled.gradientNorm()],
    ['scaleGradients', (compiled) => compiled.scaleGradients(0.5)],
    ['clipGradients', (compiled) => compiled.clipGradients(0.5)],
    ['optimizerStep', (compiled) => compiled.optimizerStep(0.1)],
    ['output', (compiled) => compiled.output('logits')],
    ['outputGradient', (compiled) => compiled.outputGradient('value')],
    ['sample', (compiled) => compiled.distribution.sample(0, 1, Rng.fromSeed(0))],
    ['mode', (compiled) => compiled.distribution.mode(0, 1)],
    ['evaluate', (compiled) => compiled.distribution.evaluate(0, 1)],
  ];

  test.each(uses)('%s is refused', (name, use) => {
    const compiled = forTraining();
    use(compiled);
    compiled.dispose();
    expect(() => use(compiled)).toThrow(DisposedError);
    expect(() => use(compiled)).toThrow(`${name}: got a network after dispose(); expected a live network. Compile the network again.`);
    expect(() => compiled.dispose()).not.toThrow();
  });
});
