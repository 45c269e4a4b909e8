import { InvalidFileError, Rng } from '@pg/core';
import { crc32 } from '@pg/core/files';
import { decodeCheckedFile, encodeSafeTensors } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { mutate } from '../../../../fixtures/mutate-file.js';
import { type AnyAlgorithm, algorithms } from '../../fixtures/algorithms.js';
import { train } from '../../fixtures/learners.js';

const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** What a file is loaded as, as a file again; undefined when it is refused as a file. */
async function reload(algorithm: AnyAlgorithm, file: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const learner = await algorithm.load(file);
    const again = learner.toCheckpoint();
    learner.dispose();
    return again;
  } catch (error) {
    if (!InvalidFileError.isInstance(error)) throw error;
    return undefined;
  }
}

const runs = await Promise.all(
  algorithms.map(async ([name, algorithm]) => {
    const learner = algorithm.build({ seed: 1 });
    await train(learner, 60);
    const file = learner.toCheckpoint();
    learner.dispose();
    return { name, algorithm, file };
  }),
);

describe('a checkpoint', () => {
  test('with one bit flipped anywhere is refused', async () => {
    const { algorithm, file } = runs[0]!;
    const changed = file.slice();
    for (let bit = 0; bit < 8 * file.length; bit += 7) {
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(await reload(algorithm, changed), `bit ${bit}`).toBe(undefined);
      changed[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(await reload(algorithm, changed)).toEqual(file);
  });

  test('of earlier releases, with a checksum of the description and the numbers alone, goes on', async () => {
    for (const { algorithm, file } of runs.slice(0, 3)) {
      const { pg, tensors } = decodeCheckedFile(file, 'test');
      const draft = encodeSafeTensors({ tensors, metadata: { crc32: '00000000', pg: pg! } });
      const numbers = tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
      const check = crc32(draft.subarray(draft.length - numbers), crc32(new TextEncoder().encode(pg)));
      const earlier = encodeSafeTensors({ tensors, metadata: { crc32: check.toString(16).padStart(8, '0'), pg: pg! } });
      expect(equal(earlier, file)).toBe(false);
      expect(await reload(algorithm, earlier)).toEqual(file);
    }
  });

  test('without a checksum is refused', async () => {
    const { algorithm, file } = runs[0]!;
    const { pg, tensors } = decodeCheckedFile(file, 'test');
    const bare = encodeSafeTensors({ tensors, metadata: { pg: pg! } });
    await expect(algorithm.load(bare)).rejects.toThrow('got a checkpoint without a checksum; expected one. Use a file that saveCheckpoint() wrote.');
  });
});

/** `PG_MUTATIONS=100000 npm run unit -- damaged-files` for more. */
const count = Number(process.env.PG_MUTATIONS ?? 2000);

test('a checkpoint that is changed at random is refused, or the run is the same', { timeout: 60_000 + 20 * count }, async () => {
  const draws = Rng.fromSeed(2).stream('mutations');
  let [refused, unchanged] = [0, 0];
  for (let i = 0; i < count; i++) {
    const { name, algorithm, file } = runs[i % runs.length]!;
    const { changed, names } = mutate(file, draws);
    const again = await reload(algorithm, changed);
    if (again === undefined) refused += 1;
    else if (equal(changed, file)) unchanged += 1;
    else expect.fail(`mutation ${i} of ${name} (${names.join(', ')}) loads`);
  }
  if (process.env.PG_MUTATIONS) console.log(`${count} mutations of checkpoints: ${refused} refused, ${unchanged} were none, none acts otherwise`);
  expect(refused + unchanged).toBe(count);
  expect(refused).toBeGreaterThan(0.95 * count);
});
