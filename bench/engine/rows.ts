import { Rng } from '@pg/core';
import { dense, type Network } from '@pg/nn';
import { missingTorch } from '../shared/peers/python.js';
import { type BatchSize, normals, randomBatch } from './batch.js';
import { convolutional, deeper, oneProduct, small, wide } from './networks.js';
import { ourGradients } from './ours/gradients.js';
import { ourForward, ourInference, ourSampling } from './ours/inference.js';
import { ourUpdate } from './ours/update.js';
import type { Contest, Row } from './row.js';
import { readyTensorFlow } from './tfjs/backend.js';
import { tensorFlowInference, tensorFlowSampling } from './tfjs/inference.js';
import { tensorFlowProduct } from './tfjs/product.js';
import { tensorFlowUpdate, tunedTensorFlowUpdate } from './tfjs/update.js';
import { torchConvolution } from './torch/convolution.js';

const TFJS = 'tfjs-wasm';
const TORCH = 'PyTorch';
const FRAMES = 20;

/** Everything that is measured, in the order in which it is printed. */
export const rows: readonly Row[] = [
  update('update-small', '4-64-(2,1), 32 rows', small, { rows: 32, inputs: 4, classes: 2 }, { target: { ratio: 40 } }),
  update('update-wide', '6400-200-(6,1), 320 rows', wide, { rows: 320, inputs: 6400, classes: 6 }, { target: { ratio: 6 } }),
  update('update-sparse', '6400-200-(6,1), 320 rows, 60 non-zeros', wide, { rows: 320, inputs: 6400, classes: 6, nonZeros: 60 }, { target: { ratio: 60 } }),
  inference('inference', '4-64-(2,1), 32 rows'),
  product('product-small', [256, 64, 64]),
  product('product-wide', [320, 200, 6400]),
  convolution('convolution', 'forward and backward', true),
  update('update-deeper', '4-64-64-2, 2048 rows', deeper, { rows: 2048, inputs: 4, classes: 2 }),
  update('update-wide-tuned', '6400-200-(6,1), 320 rows', wide, { rows: 320, inputs: 6400, classes: 6 }, { tuned: true }),
  convolution('convolution-forward', 'forward', false),
  sampling('sampling', 1_000_000, 6),
];

/** A training update; `tuned` gives the peer faster gradients than its own. */
function update(
  name: string,
  title: string,
  network: Network,
  size: BatchSize,
  { target, tuned = false }: Pick<Row, 'target'> & { tuned?: boolean } = {},
): Row {
  const prepare = async (): Promise<Contest> => {
    await readyTensorFlow();
    const batch = randomBatch(size);
    return { ours: ourUpdate(network, batch), peer: (tuned ? tunedTensorFlowUpdate : tensorFlowUpdate)(network, batch) };
  };
  return { name, title: `update ${title}`, peer: tuned ? `${TFJS}, tuned` : TFJS, ...(target && { target }), tolerance: 1e-3, prepare };
}

/** Forward and drawing actions. */
function inference(name: string, title: string): Row {
  const prepare = async (): Promise<Contest> => {
    await readyTensorFlow();
    const { inputs, rows } = randomBatch({ rows: 32, inputs: 4, classes: 2 });
    return { ours: ourInference(small, inputs, rows), peer: tensorFlowInference(small, inputs, rows) };
  };
  return { name, title: `act ${title}`, peer: TFJS, target: { ratio: 15 }, tolerance: 1e-4, prepare };
}

/** [m, n, k]: a product of [m, k] with [k, n]. */
function product(name: string, [m, n, k]: readonly [number, number, number]): Row {
  const prepare = async (): Promise<Contest> => {
    await readyTensorFlow();
    const network = oneProduct(k, n);
    const inputs = normals(Rng.fromSeed(1), m * k);
    return { ours: ourForward(network, inputs, m), peer: tensorFlowProduct(network, inputs, m) };
  };
  return { name, title: `product ${m}×${n}×${k}`, peer: TFJS, target: { ratio: 1.5, gflops: 35 }, operations: 2 * m * n * k, tolerance: 1e-4, prepare };
}

/** Four convolutions on 20 frames of 80 × 80. */
function convolution(name: string, title: string, gradients: boolean): Row {
  const prepare = async (): Promise<Contest> => {
    const skipped = missingTorch();
    if (skipped !== undefined) return { skipped };
    const { inputs, actions } = randomBatch({ rows: FRAMES, inputs: 6400, classes: 6 });
    const ours = gradients ? ourGradients(convolutional, inputs, actions) : ourForward(convolutional, inputs, FRAMES);
    return { ours, peer: await torchConvolution(convolutional, inputs, actions, gradients) };
  };
  return { name, title: `4 convolutions, ${FRAMES} frames, ${title}`, peer: TORCH, ...(gradients && { target: { ratio: 1.2 } }), tolerance: 1e-3, prepare };
}

/** Drawing many actions from logits that are there. */
function sampling(name: string, count: number, classes: number): Row {
  const prepare = async (): Promise<Contest> => {
    await readyTensorFlow();
    const network: Network = { inputShape: [1], trunk: [], heads: { logits: [dense(classes)] } };
    const inputs = normals(Rng.fromSeed(1), count);
    return { ours: ourSampling(network, inputs, count, classes), peer: tensorFlowSampling(network, inputs, count, classes) };
  };
  // two samples of a million: their frequencies differ by some thousandths
  return { name, title: `sample 10^6 rows of ${classes} classes`, peer: TFJS, tolerance: 0.02, prepare };
}
