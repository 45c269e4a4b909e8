import { adam, copyTensors, type Network, type TrainableNetwork, wasmEngine } from '@pg/nn';
import { type Batch, ENTROPY_COEF, LEARNING_RATE, VALUE_COEF } from '../batch.js';
import { type Contender, inProcess } from '../row.js';
import { startOf } from '../start.js';

/** Our training update: inputs set, forward, gradients of the loss written, backward, a step of Adam. */
export function ourUpdate(network: Network, batch: Batch): Contender {
  const { rows, inputs, actions } = batch;
  const compiled = wasmEngine().compileForTraining(network, { rows, distribution: { kind: 'categorical', head: 'logits' }, optimizer: adam() });
  copyTensors(startOf(network), compiled.parameters);
  const hasValue = 'value' in network.heads;
  const work = () => {
    compiled.input.set(inputs);
    compiled.distribution.actions.set(actions);
    compiled.forward(0, rows);
    writePolicyGradients(compiled, batch);
    if (hasValue) writeValueGradients(compiled, batch);
    compiled.backward(rows);
    compiled.optimizerStep(LEARNING_RATE);
  };
  return inProcess(work, { outcome: () => outputs(compiled, network, rows), dispose: () => compiled.dispose() });
}

/** Of the mean over the rows of −advantage·log π(a) − β·H. */
function writePolicyGradients({ logProbGradients, entropyGradients }: TrainableNetwork, { rows, advantages }: Batch): void {
  for (let row = 0; row < rows; row++) logProbGradients[row] = -advantages[row]! / rows;
  entropyGradients.fill(-ENTROPY_COEF / rows);
}

/** Of the mean over the rows of c·½(V − return)². */
function writeValueGradients(compiled: TrainableNetwork, { rows, returns }: Batch): void {
  const values = compiled.output('value');
  const gradients = compiled.outputGradient('value');
  for (let row = 0; row < rows; row++) gradients[row] = (VALUE_COEF * (values[row]! - returns[row]!)) / rows;
}

/** What the network says of the batch now, head after head. */
function outputs(compiled: TrainableNetwork, network: Network, rows: number): number[] {
  compiled.forward(0, rows);
  return Object.keys(network.heads).flatMap((head) => [...compiled.output(head)]);
}
