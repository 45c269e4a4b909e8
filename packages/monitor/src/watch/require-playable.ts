import { InvalidOptionsError } from '@pg/core';
import { requireThat } from '../checks/require.js';

/** Requires a learner that can be watched, and an environment for it to play in. */
export function requirePlayable(where: string, learner: unknown, env: unknown): void {
  const { policy } = membersOf(learner);
  requireThat(typeof membersOf(policy).session === 'function', { where, name: 'learner', value: learner, expected: 'a learner, or { policy }' });
  const { reset, step, render, normalization } = membersOf(env);
  const fits = [reset, step, render].every((method) => typeof method === 'function');
  const remedy = 'Pass a running one, such as cartPole().make().';
  requireThat(fits, { where, name: 'env', value: env, expected: 'an environment with reset, step and render', remedy });
  if (normalization !== undefined) refuseNormalization(where);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** A policy scales observations itself; normalised ones would be scaled twice. */
function refuseNormalization(where: string): never {
  throw new InvalidOptionsError({
    where,
    got: 'an environment that normalises',
    expected: 'one without normalisation, because the policy does it itself',
    remedy: 'Make it from the specification behind which normalizeObservations and normalizeRewards are not piped yet.',
  });
}
