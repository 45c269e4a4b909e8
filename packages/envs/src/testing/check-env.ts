import { EnvironmentError } from '@pg/core';
import { type CheckEnvOptions, inspect } from './inspect-env.js';
import type { AnySpec, EnvFinding } from './report.js';

/**
 * Checks that an environment keeps the contract: spaces are valid; observations lie in them, rewards are finite, flags are
 * booleans; masks of actions allow one at least; episodes are cut at the time limit; a seed decides everything, also in another order; copies share nothing; pure
 * functions leave the state as it is; from a snapshot another copy goes on the same; many copies, the form for many at once and
 * the shortcut give what single steps give; pictures have the size that they say; closing twice is harmless.
 *
 * All that is wrong is reported together. Checks that rest on one that has failed are left out, so a list is short and
 * its first line is where to begin.
 *
 * @param env - a specification, stages and wrappers included
 * @param options - `seed`, 0 by default, and `steps` of each play, 200 by default
 * @returns warnings: what may be meant, such as episodes that are the same for all seeds
 * @throws EnvironmentError with every failure; `inspectEnv` returns them instead
 * @throws InvalidOptionsError when `env` is no specification or an option is wrong
 * @example
 * ```ts
 * test('my environment keeps the contract', () => {
 *   checkEnv(myEnv);
 * });
 * ```
 */
export function checkEnv(env: AnySpec, options: CheckEnvOptions = {}): readonly EnvFinding[] {
  const { failures, warnings } = inspect('checkEnv', env, options);
  if (failures.length === 0) return warnings;
  throw new EnvironmentError({
    where: `checkEnv(${env.id})`,
    got: failures.length === 1 ? '1 failure' : `${failures.length} failures`,
    expected: 'none',
    remedy: `Mend these:${failures.map((failure) => `\n- ${sentence(failure)}`).join('')}`,
  });
}

function sentence({ check, got, expected, remedy }: EnvFinding): string {
  return `${check}: got ${got}; expected ${expected}. ${remedy}`;
}
