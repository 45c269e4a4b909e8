import { describeValue, IncompatibleCheckpointError } from '@pg/core';
import type { EnvSpec } from '@pg/envs';
import { type DescribedPolicy, describePolicy } from '@pg/policies';
import type { RunDescription } from './checkpoint-document.js';

/** What a run is of, as a checkpoint says it. */
export function describeRun(
  algorithm: string,
  { id, numEnvs, maxSteps }: Pick<EnvSpec, 'id' | 'numEnvs' | 'maxSteps'>,
  { policy, options }: { readonly policy: DescribedPolicy; readonly options: Readonly<Record<string, number | string | undefined>> },
): RunDescription {
  return {
    algorithm,
    environment: { id, numEnvs, maxSteps: maxSteps === Number.POSITIVE_INFINITY ? 'Infinity' : maxSteps },
    options: Object.fromEntries(Object.entries(options).map(([name, value]) => [name, value ?? null])),
    policy: JSON.parse(describePolicy(policy)),
  };
}

/**
 * Refuses to go on in another run than a checkpoint is of.
 *
 * @throws IncompatibleCheckpointError naming the first difference
 */
export function requireSameRun(where: string, found: RunDescription, here: RunDescription): void {
  for (const part of ['algorithm', 'environment', 'options', 'policy'] as const) {
    const difference = findDifference(found[part], here[part], [part]);
    if (difference === undefined) continue;
    const { path, a, b } = difference;
    throw new IncompatibleCheckpointError({
      where,
      got: `a checkpoint with ${path.join('.')}: ${showPart(a)}`,
      expected: `${path.join('.')}: ${showPart(b)}, as it is composed here`,
      remedy: 'Compose it as it was when the checkpoint was saved.',
    });
  }
}

/** Where two values differ, and what stands there. */
export interface Difference {
  readonly path: readonly string[];
  readonly a: unknown;
  readonly b: unknown;
}

/** Where two JSON values first differ. */
export function findDifference(a: unknown, b: unknown, path: readonly string[]): Difference | undefined {
  if (!isContainer(a) || !isContainer(b) || Array.isArray(a) !== Array.isArray(b)) return Object.is(a, b) ? undefined : { path, a, b };
  for (const key of new Set([...Object.keys(b), ...Object.keys(a)])) {
    const [inA, inB] = [a, b].map((value) => (Object.hasOwn(value, key) ? value[key] : undefined));
    const difference = findDifference(inA, inB, [...path, key]);
    if (difference) return difference;
  }
  return undefined;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}

/** A part of a description in words: none is an option that was not set, or a part that is not there. */
export function showPart(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  const json = isContainer(value) ? JSON.stringify(value) : describeValue(value);
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}
