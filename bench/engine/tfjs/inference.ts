import type { Network } from '@pg/nn';
import * as tf from '@tensorflow/tfjs-core';
import { frequencies } from '../frequencies.js';
import { type Contender, inProcess } from '../row.js';
import { tensorFlowNetwork } from './network.js';

/** The acting step in TensorFlow.js: a tensor made of the inputs, forward, actions drawn and read. */
export function tensorFlowInference(network: Network, inputs: Float32Array, rows: number): Contender {
  const { forward, dispose } = tensorFlowNetwork(network);
  const logits = () => forward(tf.tensor2d(inputs, [rows, inputs.length / rows])).logits!;
  const act = () => tf.tidy(() => tf.multinomial(logits(), 1, 3).dataSync());
  return inProcess(act, { outcome: () => tf.tidy(() => logits().dataSync()), dispose });
}

/** `tf.multinomial` over logits that are there. */
export function tensorFlowSampling(network: Network, inputs: Float32Array, rows: number, classes: number): Contender {
  const { forward, dispose } = tensorFlowNetwork(network);
  const logits = tf.tidy(() => forward(tf.tensor2d(inputs, [rows, inputs.length / rows])).logits!);
  const draw = () => tf.multinomial(logits, 1, 3);
  return inProcess(() => draw().dispose(), {
    outcome: () => tf.tidy(() => frequencies(draw().dataSync(), classes)),
    dispose() {
      dispose();
      logits.dispose();
    },
  });
}
