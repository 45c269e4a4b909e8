import { describe, expect, test } from 'vitest';
import { distributionKinds, specOf } from '../../../fixtures/distributions.js';
import { constantRng } from '../../../fixtures/networks.js';
import { zeros } from '../../initializers/constant.js';
import { conv2d } from '../../network/conv2d.js';
import { gru } from '../../network/gru.js';
import { dense, type Layer, relu, tanh } from '../../network/layer.js';
import { lstm } from '../../network/lstm.js';
import type { Network } from '../../network/network.js';
import { adam } from '../../optimizers/adam.js';
import { rmsprop } from '../../optimizers/rmsprop.js';
import { sgd } from '../../optimizers/sgd.js';
import type { Engine, TrainableNetwork, TrainingOptions } from '../engine.js';
import { createSharedMemory } from './memory/create-shared-memory.js';
import { wasmEngine } from './wasm-engine.js';

/** Bytes of heap a cycle: the median over many short stretches, which a garbage collection in one of them does not touch. */
function bytesPerCycle(cycle: () => void): number {
  const [stretches, cycles] = [100, 100];
  for (let i = 0; i < 3000; i++) cycle();
  const growth = new Float64Array(stretches);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < cycles; i++) cycle();
    growth[stretch] = (process.memoryUsage().heapUsed - before) / cycles;
  }
  return growth.sort()[stretches / 2]!;
}

/** A few numbers that the interpreter boxes; an object or a view for each row or step would be far above. */
const FEW_BYTES = 400;

/** The least of up to five rounds: code that is not compiled yet, which other work may delay, boxes its numbers. */
function leastBytesPerCycle(cycle: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5 && least >= FEW_BYTES; round++) least = Math.min(least, bytesPerCycle(cycle));
  return least;
}

// noise that is there already: a generator's float64 numbers may be boxed between its own functions
const rng = constantRng(0.5, 0.5);

const [steps, numEnvs] = [4, 2];
const rows = steps * numEnvs;

/** What varies between the networks. */
interface Variant extends Partial<TrainingOptions> {
  readonly body?: Body | undefined;
  readonly engine?: Engine;
}

function compile({ engine = wasmEngine(), body = bodies.dense, distribution = specOf('categorical', 2), ...options }: Variant = {}): TrainableNetwork {
  const [inputShape, trunk] = body!;
  const hasHead = 'logStdHead' in distribution;
  const heads = { policy: [dense(2)], value: [dense(1)], ...(hasHead && { logStd: [dense(2)] }) };
  const network: Network = { inputShape, trunk, heads, vectors: hasHead ? {} : { logStd: { size: 2, init: zeros() } } };
  return engine.compileForTraining(network, { rows, sequence: { numEnvs }, distribution, optimizer: adam(), ...options });
}

/** Acting step by step, in one of the ways, then a whole update. */
function cycleOf(network: TrainableNetwork): () => void {
  const { distribution } = network;
  const valueGradients = network.outputGradient('value');
  return () => {
    for (let row = 0; row < rows; row += numEnvs) {
      network.forward(row, numEnvs);
      distribution.mode(row, numEnvs);
      distribution.sample(row, numEnvs, rng);
    }
    distribution.evaluate(0, rows);
    network.carryState(rows - numEnvs);
    network.logProbGradients.fill(0.01);
    network.entropyGradients.fill(0.01);
    valueGradients.fill(0.01);
    network.backward(rows);
    if (network.gradientNorm() > 0.5) network.scaleGradients(0.5);
    network.clipGradients(0.1);
    network.optimizerStep(1e-4);
  };
}

type Body = readonly [inputShape: readonly number[], trunk: readonly Layer[]];

const bodies: Record<string, Body> = {
  dense: [[4], [dense(16), tanh(), dense(16), tanh()]],
  'dense on sparse rows': [[128], [dense(16), relu()]],
  convolution: [
    [6, 6, 1],
    [conv2d({ filters: 2, kernel: 3, stride: 2 }), relu(), dense(8), relu()],
  ],
  lstm: [[4], [lstm(6)]],
  gru: [[4], [gru(6)]],
};

describe('10,000 cycles of acting, judging and learning allocate nothing', () => {
  const check = (network: TrainableNetwork, more = () => {}) => {
    const { buffer } = network.input;
    const cycle = cycleOf(network);
    const bytes = leastBytesPerCycle(() => {
      cycle();
      more();
    });
    expect(bytes).toBeLessThan(FEW_BYTES);
    expect(network.input.buffer).toBe(buffer);
    network.dispose();
  };

  test.each(Object.keys(bodies))('%s', (body) => {
    check(compile({ body: bodies[body] }));
  });

  test.each(distributionKinds)('%s', (kind) => {
    check(compile({ distribution: specOf(kind, 2) }));
  });

  test.each([rmsprop(), sgd(), sgd({ momentum: 0.9 })])('$kind', (optimizer) => {
    check(compile({ optimizer }));
  });

  test('in shared memory, with steps on shared moments and gradients of others', () => {
    const engine = wasmEngine({ memory: createSharedMemory({ megabytes: 1 }) });
    const { shared } = compile({ engine });
    const worker = compile({ engine, optimize: shared });
    check(worker, () => {
      worker.pull();
      worker.addGradients(shared!);
    });
  });
});
