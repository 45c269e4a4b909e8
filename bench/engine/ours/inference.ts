import { Rng } from '@pg/core';
import { type CompiledNetwork, copyTensors, type Network, wasmEngine } from '@pg/nn';
import { frequencies } from '../frequencies.js';
import { type Contender, inProcess } from '../row.js';
import { startOf } from '../start.js';

/** Our acting step: inputs set, forward, actions drawn (with log π and the entropy of each). */
export function ourInference(network: Network, inputs: Float32Array, rows: number): Contender {
  const compiled = compile(network, inputs, rows);
  const rng = Rng.fromSeed(3);
  const work = () => {
    compiled.input.set(inputs);
    compiled.forward(0, rows);
    compiled.distribution.sample(0, rows, rng);
  };
  return inProcess(work, { outcome: () => compiled.output('logits'), dispose: () => compiled.dispose() });
}

/** Our forward pass alone, over inputs that are there. */
export function ourForward(network: Network, inputs: Float32Array, rows: number): Contender {
  const compiled = compile(network, inputs, rows);
  return inProcess(() => compiled.forward(0, rows), { outcome: () => compiled.output('logits'), dispose: () => compiled.dispose() });
}

/** Our drawing of actions alone, from logits that are there; the outcome is how often each class came. */
export function ourSampling(network: Network, inputs: Float32Array, rows: number, classes: number): Contender {
  const compiled = compile(network, inputs, rows);
  const rng = Rng.fromSeed(3);
  compiled.forward(0, rows);
  const { distribution } = compiled;
  return inProcess(() => distribution.sample(0, rows, rng), { outcome: () => frequencies(distribution.actions, classes), dispose: () => compiled.dispose() });
}

function compile(network: Network, inputs: Float32Array, rows: number): CompiledNetwork {
  const compiled = wasmEngine().compile(network, { rows, distribution: { kind: 'categorical', head: 'logits' } });
  copyTensors(startOf(network), compiled.parameters);
  compiled.input.set(inputs);
  return compiled;
}
