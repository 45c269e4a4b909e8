import type { Network } from '@pg/nn';
import * as tf from '@tensorflow/tfjs-core';
import { type Batch, ENTROPY_COEF, LEARNING_RATE, VALUE_COEF } from '../batch.js';
import { type Contender, inProcess } from '../row.js';
import { useFastProductGradient } from './fast-gradient.js';
import { type TensorFlowNetwork, tensorFlowNetwork } from './network.js';

/** The training update in TensorFlow.js: tensors made of the batch, gradients of the loss by its tape, a step of its Adam. */
export function tensorFlowUpdate(network: Network, batch: Batch): Contender {
  const { rows, classes, inputs, returns } = batch;
  const { forward, variables, dispose } = tensorFlowNetwork(network);
  const optimizer: tf.Optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  const weights = new Float32Array(rows * classes);
  const makeInput = () => tf.tensor2d(inputs, [rows, inputs.length / rows]);
  const work = () =>
    tf.tidy(() => {
      writeWeights(weights, batch);
      const [x, chosen, targets] = [makeInput(), tf.tensor2d(weights, [rows, classes]), tf.tensor2d(returns, [rows, 1])];
      optimizer.applyGradients(tf.variableGrads(() => loss(forward(x), chosen, targets), variables).grads);
    });
  const outcome = () => tf.tidy(() => Object.values(forward(makeInput())).flatMap((head) => [...head.dataSync()]));
  return inProcess(work, {
    outcome,
    dispose() {
      optimizer.dispose();
      dispose();
    },
  });
}

/** The same with matrix products whose gradients are faster than TensorFlow.js's own. */
export function tunedTensorFlowUpdate(network: Network, batch: Batch): Contender {
  const restore = useFastProductGradient();
  const contender = tensorFlowUpdate(network, batch);
  return {
    ...contender,
    dispose() {
      restore();
      contender.dispose();
    },
  };
}

/** [rows, classes]: advantage/rows at the action that was taken, 0 elsewhere: one array in place of a one-hot and two products. */
function writeWeights(weights: Float32Array, { rows, classes, actions, advantages }: Batch): void {
  weights.fill(0);
  for (let row = 0; row < rows; row++) weights[row * classes + actions[row]!] = advantages[row]! / rows;
}

/** The mean over the rows of −advantage·log π(a) − β·H + c·½(V − return)². */
function loss({ logits, value }: ReturnType<TensorFlowNetwork['forward']>, chosen: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  const logs = tf.logSoftmax(logits!);
  const rows = logs.shape[0];
  // Σ log π·(β/n·π − weight): policy and entropy in one sum
  const policy = tf.sum(tf.mul(logs, tf.sub(tf.mul(tf.exp(logs), ENTROPY_COEF / rows), chosen)));
  if (value === undefined) return policy as tf.Scalar;
  const errors = tf.mul(tf.sum(tf.square(tf.sub(value, targets))), (0.5 * VALUE_COEF) / rows);
  return tf.add(policy, errors) as tf.Scalar;
}
