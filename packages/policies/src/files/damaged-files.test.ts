import { readFileSync } from 'node:fs';
import { InvalidFileError, NonFiniteError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { mutate } from '../../../../fixtures/mutate-file.js';
import { makers } from '../../fixtures/policies.js';
import { editHeader, makeFile, readSafeTensors } from '../../fixtures/read-safetensors.js';
import { exportOnnx } from '../onnx/export-onnx.js';
import { loadPolicy } from '../policy/load-policy.js';

const files = Object.values(makers).map((make) => make().toBytes());

/** What a file is loaded as, as a file again; undefined when it is refused as a file. */
async function reload(file: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    using policy = await loadPolicy(file);
    return policy.toBytes();
  } catch (error) {
    if (!InvalidFileError.isInstance(error)) throw error;
    return undefined;
  }
}

const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

describe('a checksum', () => {
  const bytes = makers.categorical().toBytes();

  test('is the CRC-32 of the file with zeros in its own place', async () => {
    const { crc32 } = await import('node:zlib').then((zlib) => zlib as unknown as { crc32?: (data: Uint8Array) => number });
    const { header } = readSafeTensors(bytes);
    expect(Object.keys(header.__metadata__!)).toEqual(['crc32', 'pg']);
    const text = Buffer.from(bytes).toString('latin1').replace(`"crc32":"${header.__metadata__!.crc32}"`, '"crc32":"00000000"');
    if (crc32) expect(header.__metadata__!.crc32).toBe(crc32(Buffer.from(text, 'latin1')).toString(16).padStart(8, '0'));
    expect(JSON.parse(header.__metadata__!.pg!).checksum).toBe('crc32');
  });

  test('refuses every file with one bit flipped', async () => {
    const changed = bytes.slice();
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(await reload(changed), `bit ${bit}`).toBe(undefined);
      changed[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(await reload(changed)).toEqual(bytes);
  });

  test.each<[string, Uint8Array, string]>([
    ['that is another', rewritten(({ crc32 }) => ({ crc32: `${crc32![0] === '0' ? '1' : '0'}${crc32!.slice(1)}` })), 'got contents with the checksum '],
    [
      'in capital letters',
      rewritten(() => ({ crc32: 'ABCDEF01' })),
      'expected ABCDEF01, as the file says. The file is damaged, or another program has changed it',
    ],
    ['that is gone', rewritten(() => ({ crc32: undefined })), 'got a file whose checksum is gone; expected the one that its description tells of'],
    [
      'under another name',
      rewritten(({ crc32 }) => ({ crc32: undefined, crc33: crc32 })),
      'got metadata with the name "crc33"; expected "pg" and "crc32" only',
    ],
  ])('%s is told', async (_, file, message) => {
    await expect(loadPolicy(file)).rejects.toThrow(InvalidFileError);
    await expect(loadPolicy(file)).rejects.toThrow(message);
  });

  function rewritten(edit: (metadata: Record<string, string>) => Record<string, string | undefined>): Uint8Array {
    const { header, headerLength } = readSafeTensors(bytes);
    return makeFile({ ...header, __metadata__: { ...header.__metadata__, ...edit(header.__metadata__!) } }, bytes.subarray(8 + headerLength));
  }

  test('is not asked of files of earlier releases, which load as before and get one', async () => {
    for (const file of files) {
      const earlier = editHeader(file, (header) => header);
      expect(readSafeTensors(earlier).header.__metadata__!.crc32).toBe(undefined);
      expect(await reload(earlier)).toEqual(file);
    }
  });

  test('the policies that come with the examples have one', () => {
    for (const name of ['reinforce-cartpole', 'a2c-pong']) {
      const file = readFileSync(new URL(`../../../../examples/policies/${name}.safetensors`, import.meta.url));
      expect(readSafeTensors(file).header.__metadata__!.crc32).toMatch(/^[0-9a-f]{8}$/);
    }
  });
});

test.each([Number.NaN, Infinity, -Infinity])('a parameter that is %d is neither saved nor loaded', async (value) => {
  using policy = makers.categorical();
  const file = editHeader(policy.toBytes(), (header) => header);
  const { headerLength } = readSafeTensors(file);
  new DataView(file.buffer, file.byteOffset).setFloat32(8 + headerLength + 8, value, true);
  await expect(loadPolicy(file)).rejects.toThrow(`loadPolicy: got ${value} at element 2 of trunk.0.weight; expected finite parameters.`);
  policy.parameters[0]!.values[3] = value;
  expect(() => policy.toBytes()).toThrow(NonFiniteError);
  expect(() => policy.toBytes()).toThrow(`policy.toBytes: got ${value} at element 3 of trunk.0.weight; expected finite parameters.`);
  await expect(policy.save('/dev/null')).rejects.toThrow(`policy.save: got ${value} at element 3`);
  expect(() => exportOnnx(policy)).toThrow(`exportOnnx: got ${value} at element 3`);
});

test('a policy that no file describes is not saved', () => {
  using policy = makers.categorical();
  policy.observationScaling = { mean: Float64Array.of(0, Number.NaN, 0, 0), deviation: Float64Array.of(1, 1, 1, 1), clip: 10 };
  expect(() => policy.toBytes()).toThrow('policy.toBytes: got a description that is wrong at "observationScaling.mean.1": null; expected');
  policy.observationScaling = { mean: Float64Array.of(0), deviation: Float64Array.of(1), clip: 10 };
  expect(() => policy.toBytes()).toThrow('got 1 means and 1 deviations of observations; expected 4 of each. A file of such a policy could not be loaded');
});

/** `PG_MUTATIONS=100000 npm run unit -- damaged-files` for more. */
const count = Number(process.env.PG_MUTATIONS ?? 3000);

test('a file that is changed at random is refused', { timeout: 60_000 + 20 * count }, async () => {
  const draws = Rng.fromSeed(1).stream('mutations');
  let [refused, unchanged] = [0, 0];
  for (let i = 0; i < count; i++) {
    const file = files[i % files.length]!;
    const { changed, names } = mutate(file, draws);
    const again = await reload(changed);
    if (again === undefined) refused += 1;
    else if (equal(changed, file)) unchanged += 1;
    else expect.fail(`mutation ${i} (${names.join(', ')}) loads${equal(again, file) ? '' : ' as another policy'}`);
  }
  if (process.env.PG_MUTATIONS) console.log(`${count} mutations of policies: ${refused} refused, ${unchanged} were none, none acts otherwise`);
  expect(refused + unchanged).toBe(count);
  expect(refused).toBeGreaterThan(0.95 * count);
});
