import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { bundled, moduleOf } from '../../../../fixtures/bundled.js';
import { type AnyAlgorithm, algorithms } from '../../fixtures/algorithms.js';
import { type AnyLearner, train } from '../../fixtures/learners.js';
import type { Update } from '../learner/learner.js';
import type { WorkerOptions } from '../workers/worker-options.js';

// The bits of every composition, as first recorded: a change of the code that means to change no number changes none of these hashes.
// `PG_RECORD_BITS=1 npm run unit -- bits` writes them anew; say in the commit which number changed, and why that was right.
const RECORD = Boolean(process.env.PG_RECORD_BITS);
const file = new URL('../../fixtures/bits.json', import.meta.url);
const LEG = 400;

/** Hashes by what they are of: the parameters, and each field of the updates. */
type Bits = Record<string, string>;
const expected: Record<string, Bits> = RECORD ? {} : JSON.parse(readFileSync(file, 'utf8'));

interface ShardedAlgorithm extends AnyAlgorithm {
  options(options: { readonly shards: number }): ShardedAlgorithm;
  build(options: WorkerOptions & { readonly seed: number }): AnyLearner;
  load(source: Uint8Array, options?: WorkerOptions): Promise<AnyLearner>;
}

/** Numbers of shards that each composition is run with: those of one copy, of three copies and of copies that are normalised together are few. */
function shardsOf(name: string): readonly number[] {
  if (/^A3C/.test(name)) return [0];
  if (/with a memory|normalisation/.test(name)) return [1];
  return /continuous/.test(name) ? [1, 3] : [1, 2];
}

const cases = algorithms.flatMap(([name, algorithm], index) =>
  shardsOf(name).map((shards) => ({
    name: shards > 1 ? `${name}, ${shards} shards` : name,
    index,
    shards,
    builder: (shards === 0 ? algorithm : (algorithm as ShardedAlgorithm).options({ shards })) as ShardedAlgorithm,
  })),
);

/** A module for worker threads with every case, as `agent0`, `agent1` and so on. */
const module = moduleOf(
  'bits.mjs',
  [
    `import { algorithms } from ${JSON.stringify(bundled(new URL('../../fixtures/algorithms.ts', import.meta.url)).href)};`,
    ...cases.map(({ index, shards }, i) => `export const agent${i} = algorithms[${index}][1]${shards === 0 ? '' : `.options({ shards: ${shards} })`};`),
  ].join('\n'),
);

const digest = (...parts: readonly (ArrayBufferView | string)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part as Uint8Array);
  return hash.digest('hex').slice(0, 16);
};

/** One hash for a field over all updates: of its numbers as float64, NaN and infinities too. */
function fieldBits(updates: readonly Update[], field: string): string {
  const values = updates.map((update) => (update as unknown as Record<string, unknown>)[field]);
  return digest(Float64Array.from(values.flat(), Number));
}

function bitsOf(learner: AnyLearner, updates: readonly Update[]): Bits {
  const fields = [...new Set(updates.flatMap((update) => Object.keys(update)))].sort();
  return {
    parameters: digest(...learner.policy.parameters.flatMap(({ name, values }) => [name, values])),
    ...Object.fromEntries(fields.map((field) => [field, fieldBits(updates, field)])),
  };
}

/** Trains in two legs, the second of them in a learner that was loaded from a checkpoint. */
async function bitsOfRun(builder: ShardedAlgorithm, workers: WorkerOptions): Promise<Bits> {
  await using first = builder.build({ seed: 21, ...workers });
  const before = await train(first, { steps: LEG, horizon: 2 * LEG });
  await using second = await builder.load(first.toCheckpoint(), workers);
  const after = await train(second, { steps: LEG, horizon: 2 * LEG });
  return bitsOf(second, [...before, ...after]);
}

afterAll(() => {
  if (RECORD) writeFileSync(file, `${JSON.stringify(expected, undefined, 1)}\n`);
});

describe.each(cases)('$name', ({ name, shards, builder }) => {
  test('in this thread', async () => {
    const bits = await bitsOfRun(builder, {});
    if (RECORD) expected[name] = bits;
    expect(bits).toEqual(expected[name]);
  });

  test.skipIf(/normalisation/.test(name))('on worker threads', async () => {
    const workers = shards > 1 ? 2 : 1;
    const agent = `agent${cases.findIndex((each) => each.name === name)}`;
    expect(await bitsOfRun(builder, { workers, module, export: agent })).toEqual(expected[name]);
  });
});
