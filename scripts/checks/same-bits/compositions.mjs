import { algorithms } from '../../../packages/algos/fixtures/algorithms.ts';
import { sha256 } from './sha256.mjs';

const LEG = 400;

/**
 * Trains every composition of the unit tests as `bits.test.ts` does, in two legs with a checkpoint between them.
 *
 * @returns {Promise<Record<string, string>>} the first 16 digits of the SHA-256 of each one's parameters, as `bits.json` has them
 */
export async function trainCompositions() {
  /** @type {Record<string, string>} */
  const hashes = {};
  for (const [name, algorithm] of algorithms) {
    const first = algorithm.build({ seed: 21 });
    for await (const _ of first.train({ steps: LEG, horizon: 2 * LEG }));
    const second = await algorithm.load(first.toCheckpoint());
    for await (const _ of second.train({ steps: LEG, horizon: 2 * LEG }));
    hashes[name] = (await hashOf(second.policy.parameters)).slice(0, 16);
    first.dispose();
    second.dispose();
  }
  return hashes;
}

/** @param {readonly { readonly name: string, readonly values: Float32Array }[]} tensors */
function hashOf(tensors) {
  const encoder = new TextEncoder();
  return sha256(...tensors.flatMap(({ name, values }) => [encoder.encode(name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength)]));
}
