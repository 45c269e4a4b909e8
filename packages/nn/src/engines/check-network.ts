import { describeValue, fitsFloat32, InvalidOptionsError, InvalidShapeError, isPlainObject } from '@pg/core';
import type { Layer } from '../network/layer.js';
import type { Network } from '../network/network.js';
import { hasState } from '../network/recurrent-layer.js';
import { checkDistribution } from './check-distribution.js';
import type { CompileOptions } from './engine.js';

/**
 * What every engine refuses to compile.
 *
 * @throws InvalidOptionsError for what is no network, rows that are no positive whole number, no sequence for recurrent layers, or bytes that the first
 *   layer cannot take
 * @throws InvalidShapeError when a head has no layers, or the distribution does not fit the heads and vectors
 */
export function checkNetwork(where: string, network: Network, options: CompileOptions): void {
  requireParts(where, network);
  const { rows, distribution } = options ?? {};
  if (!Number.isInteger(rows) || rows < 1) {
    throw new InvalidOptionsError({
      where,
      got: `rows: ${describeValue(rows)}`,
      expected: 'a positive whole number',
      remedy: 'Give the most inputs that are held at a time.',
    });
  }
  if (hasState(network)) checkSequence(where, options);
  const empty = Object.entries(network.heads).find(([, layers]) => layers.every(({ kind }) => kind === 'flatten'));
  if (empty) {
    throw new InvalidShapeError({
      where,
      got: `the head "${empty[0]}" without layers`,
      expected: 'at least one layer a head',
      remedy: 'Add a dense layer to the head.',
    });
  }
  checkVectors(where, network);
  checkInput(where, network);
  checkDistribution(where, network, distribution);
}

/** For JavaScript callers. */
function requireParts(where: string, network: Network): void {
  const { inputShape, trunk, heads } = network ?? {};
  const heard = typeof heads === 'object' && heads !== null ? Object.values(heads) : [];
  if (Array.isArray(inputShape) && Array.isArray(trunk) && heard.length > 0 && heard.every(Array.isArray)) return;
  throw new InvalidOptionsError({
    where,
    got: `the network ${describeValue(network)}`,
    expected: 'an object { inputShape, trunk, heads } with lists of layers',
    remedy: 'Write for example { inputShape: [4], trunk: [dense(64), tanh()], heads: { logits: [dense(2)] } }.',
  });
}

function checkVectors(where: string, { vectors = {} }: Network): void {
  const named = isPlainObject(vectors) ? Object.values(vectors) : [undefined];
  if (named.every((vector) => Number.isSafeInteger(vector?.size) && typeof vector?.init === 'function')) return;
  throw new InvalidOptionsError({
    where,
    got: `vectors: ${describeValue(vectors)}`,
    expected: 'an object of { size, init } by name',
    remedy: 'Write for example { logStd: { size: 2, init: zeros() } }.',
  });
}

/** Layers that read the inputs themselves have to take bytes where they are bytes. */
function checkInput(where: string, { input, trunk, heads }: Network): void {
  if (input === undefined) return;
  const { scale } = input ?? {};
  if (!fitsFloat32(scale) || scale <= 0) {
    throw new InvalidOptionsError({
      where,
      got: `bytes times ${describeValue(scale)}`,
      expected: 'a scale greater than 0 that float32 keeps',
      remedy: 'Change the scale of the inputs, for example to 1 / 255.',
    });
  }
  const firstOf = (layers: readonly Layer[]) => layers.find(({ kind }) => kind !== 'flatten');
  const trunkFirst = firstOf(trunk);
  const first = trunkFirst ? [trunkFirst] : Object.values(heads).map((layers) => firstOf(layers)!);
  const other = first.find(({ kind }) => kind !== 'dense' && kind !== 'conv2d');
  if (other === undefined) return;
  throw new InvalidOptionsError({
    where,
    got: `bytes for ${other.kind === 'activation' ? other.activation : other.kind}`,
    expected: 'a dense or conv2d layer first',
    remedy: 'Put such a layer in front, or leave "input" out.',
  });
}

function checkSequence(where: string, { rows, sequence }: CompileOptions): void {
  if (sequence === undefined) {
    throw new InvalidOptionsError({
      where,
      got: 'a network with recurrent layers and no sequence',
      expected: 'sequence: { numEnvs }',
      remedy: 'Say how many environments are stepped side by side.',
    });
  }
  const { numEnvs } = sequence;
  if (!Number.isInteger(numEnvs) || numEnvs < 1) {
    throw new InvalidOptionsError({
      where,
      got: `sequence.numEnvs: ${describeValue(numEnvs)}`,
      expected: 'a positive whole number',
      remedy: 'Give the number of environments that are stepped side by side.',
    });
  }
  if (rows % numEnvs !== 0) {
    throw new InvalidOptionsError({
      where,
      got: `${rows} rows for ${numEnvs} environments`,
      expected: `a multiple of ${numEnvs}`,
      remedy: 'Give rows for whole steps: steps times numEnvs.',
    });
  }
}
