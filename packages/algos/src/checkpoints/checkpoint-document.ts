import { describeValue, InvalidFileError } from '@pg/core';
import * as z from 'zod/mini';

/** The version of the format that this release writes; it reads only this one. */
const VERSION = 2;

const option = z.union([z.number(), z.string(), z.null()]);
const runShape = {
  algorithm: z.string(),
  environment: z.strictObject({ id: z.string(), numEnvs: z.int().check(z.gte(1)), maxSteps: z.union([z.int().check(z.gte(1)), z.literal('Infinity')]) }),
  /** As a file of the policy describes it. */
  policy: z.record(z.string(), z.unknown()),
  /** The options that have to be the same for the state to mean the same. */
  options: z.record(z.string(), option),
};
const runSchema = z.strictObject(runShape);
const schema = z.strictObject({
  format: z.literal('pg-checkpoint'),
  version: z.literal(VERSION),
  seed: z.int(),
  run: runSchema,
  /** The learner's state, as plain data. */
  state: z.unknown(),
  /** The state of each shard and its environments' snapshot, as plain data. */
  shards: z.array(z.strictObject({ state: z.unknown(), snapshot: z.unknown() })),
});

/** What a run is of. A checkpoint goes on in one that is described alike. */
export type RunDescription = z.infer<typeof runSchema>;

/** What the JSON of a checkpoint says. */
export type CheckpointDocument = z.infer<typeof schema>;

/** The JSON of a checkpoint. */
export function writeDocument(parts: Omit<CheckpointDocument, 'format' | 'version'>): string {
  return JSON.stringify({ format: 'pg-checkpoint', version: VERSION, ...parts } satisfies CheckpointDocument);
}

/**
 * What a file's metadata say.
 *
 * @throws InvalidFileError when they are not those of a checkpoint that this release can read
 */
export function parseDocument(json: string | undefined, where: string): CheckpointDocument {
  const value = parseJson(json);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const expected = `a checkpoint of format version ${VERSION}`;
  const remedy = 'Use a file that saveCheckpoint() of this release wrote.';
  throw new InvalidFileError({ where, got: describeFlaw(value, result.error.issues[0]!.path), expected, remedy });
}

function describeFlaw(value: unknown, path: readonly PropertyKey[]): string {
  if (value !== null && typeof value === 'object' && 'format' in value && value.format === 'pg-policy')
    return 'the file of a policy, without the rest of a run';
  if (path.length === 0) return 'a file without the description of a checkpoint';
  const wrong = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
  const shown = typeof wrong === 'object' && wrong !== null ? '' : `: ${describeValue(wrong)}`;
  return `a description that is wrong at "${path.join('.')}"${shown}`;
}

function parseJson(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
