import { copyTensors, type Network, sgd, wasmEngine } from '@pg/nn';
import { type Contender, inProcess } from '../row.js';
import { startOf } from '../start.js';

/** Our forward and backward pass of −Σ log π(a), without an optimiser's step; the outcome is each gradient's length. */
export function ourGradients(network: Network, inputs: Float32Array, actions: Int32Array): Contender {
  const rows = actions.length;
  const compiled = wasmEngine().compileForTraining(network, { rows, distribution: { kind: 'categorical', head: 'logits' }, optimizer: sgd() });
  copyTensors(startOf(network), compiled.parameters);
  compiled.input.set(inputs);
  compiled.distribution.actions.set(actions);
  const work = () => {
    compiled.forward(0, rows);
    compiled.logProbGradients.fill(-1);
    compiled.backward(rows);
  };
  return inProcess(work, { outcome: () => compiled.gradients.map(({ values }) => Math.hypot(...values)), dispose: () => compiled.dispose() });
}
