import { describe, expectTypeOf, test } from 'vitest';
import type { DistributionSpec } from '../engines/distribution-spec.js';
import type { CompiledNetwork, TrainableNetwork } from '../engines/engine.js';
import { wasmEngine } from '../engines/wasm/wasm-engine.js';
import { type Adam, adam } from '../optimizers/adam.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import { sgd } from '../optimizers/sgd.js';
import { type DenseLayer, dense, type Layer, tanh } from './layer.js';
import { type LstmLayer, lstm } from './lstm.js';
import type { Network } from './network.js';

describe('layers', () => {
  test('are told apart by their kind', () => {
    expectTypeOf(dense(3)).toEqualTypeOf<DenseLayer>();
    expectTypeOf<Extract<Layer, { kind: 'dense' }>>().toEqualTypeOf<DenseLayer>();
    // @ts-expect-error there is no such option
    dense(3, { biass: true });
    expectTypeOf<Extract<Layer, { kind: 'lstm' }>>().toEqualTypeOf<LstmLayer>();
    // @ts-expect-error both biases are always there
    lstm(3, { bias: false });
    // @ts-expect-error a size is a number
    dense('3');
    // @ts-expect-error the width is set by the layer before
    tanh(3);
  });

  test('cannot be changed', () => {
    // @ts-expect-error read-only
    dense(3).units = 4;
  });
});

describe('engines', () => {
  const network: Network = { inputShape: [2], trunk: [], heads: { logits: [dense(2)] } };
  const distribution = { kind: 'categorical', head: 'logits' } as const;
  const engine = wasmEngine();

  test('what acts cannot learn', () => {
    const acting = engine.compile(network, { rows: 1, distribution });
    expectTypeOf(acting).toEqualTypeOf<CompiledNetwork>();
    // @ts-expect-error compiled for acting
    acting.backward(1);
    // @ts-expect-error the state carries no gradient
    acting.initialStateGradients;
    // @ts-expect-error learning needs an optimiser
    engine.compileForTraining(network, { rows: 1, distribution });
    expectTypeOf(engine.compileForTraining(network, { rows: 1, distribution, optimizer: sgd() })).toEqualTypeOf<TrainableNetwork>();
  });

  test('a Gaussian names its log σ, once', () => {
    expectTypeOf<{ kind: 'diagonalGaussian'; head: string; logStd: string }>().toExtend<DistributionSpec>();
    expectTypeOf<{ kind: 'diagonalGaussian'; head: string; logStdHead: string }>().toExtend<DistributionSpec>();
    expectTypeOf<{ kind: 'diagonalGaussian'; head: string }>().not.toExtend<DistributionSpec>();
    expectTypeOf<{ kind: 'diagonalGaussian'; head: string; logStd: string; logStdHead: string }>().not.toExtend<DistributionSpec>();
  });

  test('only a softmax has masks, only a Gaussian is squashed', () => {
    // @ts-expect-error bits have no masks
    const masked: DistributionSpec = { kind: 'bernoulli', head: 'y', masked: true };
    // @ts-expect-error a softmax has no bounds
    const squashed: DistributionSpec = { kind: 'categorical', head: 'y', squash: { low: [0], high: [1] } };
    expectTypeOf([masked, squashed]).toExtend<DistributionSpec[]>();
  });
});

test('optimisers are values of a kind each', () => {
  expectTypeOf<Extract<Optimizer, { kind: 'adam' }>>().toEqualTypeOf<Adam>();
  // @ts-expect-error the learning rate is given with each step
  adam({ learningRate: 1e-3 });
  // @ts-expect-error sgd has no moments
  sgd({ beta1: 0.9 });
});
