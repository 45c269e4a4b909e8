import { expect, test } from 'vitest';
import { distributionKinds } from '../../../fixtures/distributions.js';
import { constantRng, type Outline, randomNetwork } from '../../../fixtures/networks.js';
import { randomRecurrent, withHeads } from '../../../fixtures/recurrent-networks.js';
import { gru } from '../../network/gru.js';
import { lstm } from '../../network/lstm.js';
import { adam } from '../../optimizers/adam.js';

const outline: Outline = { kind: 'categorical', inputs: 4, trunk: [16, 16], valueHidden: [], actions: 2, activation: 'tanh', bias: true, wrapped: false };

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

// noise that is there already: a generator's float64 numbers may be boxed between its own functions
const rng = constantRng(0.5, 0.5);

test.each(distributionKinds)('10,000 cycles of acting and learning allocate nothing, %s', (kind) => {
  const rows = 16;
  const network = randomNetwork({ ...outline, kind }, { rows, seed: 1, optimizer: adam() });
  const { buffer } = network.input;
  const valueGradients = network.outputGradient('value');
  const bytes = bytesPerCycle(() => {
    network.forward(0, rows);
    network.distribution.sample(0, rows, rng);
    network.logProbGradients.fill(0.01);
    valueGradients.fill(0.01);
    network.backward(rows);
    if (network.gradientNorm() > 0.5) network.scaleGradients(0.5);
    network.clipGradients(0.1);
    network.optimizerStep(1e-4);
  });
  // a few numbers that the interpreter boxes; an object or a view for each row or step would be far above
  expect(bytes).toBeLessThan(400);
  expect(network.input.buffer).toBe(buffer);
});

test('neither do recurrent layers, step by step', () => {
  const [steps, numEnvs] = [4, 2];
  const network = randomRecurrent(withHeads([4], lstm(6), gru(5)), { steps, numEnvs }, 1);
  const { buffer } = network.input;
  const bytes = bytesPerCycle(() => {
    for (let t = 0; t < steps; t++) {
      network.forward(t * numEnvs, numEnvs);
      network.distribution.sample(t * numEnvs, numEnvs, rng);
    }
    network.carryState((steps - 1) * numEnvs);
    network.logProbGradients.fill(0.01);
    network.backward(steps * numEnvs);
    network.optimizerStep(1e-4);
  });
  expect(bytes).toBeLessThan(400);
  expect(network.input.buffer).toBe(buffer);
});
