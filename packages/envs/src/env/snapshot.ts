import { describeValue, InvalidOptionsError } from '@pg/core';

/**
 * Everything that a running environment needs to go on from where it is: random streams, states, clocks, what its stages
 * remember. Plain data (objects, lists, numbers, typed arrays), as plain as the states of the environment itself.
 */
export interface EnvSnapshot {
  /** The environment that it is of. */
  readonly id: string;
  /** How many copies. */
  readonly numEnvs: number;
  /** What only the environment understands. */
  readonly data: unknown;
}

/** Refuses what is no snapshot of such an environment, before anything has changed. */
export function requireSnapshot(env: { readonly id: string; readonly numEnvs: number }, snapshot: EnvSnapshot): void {
  if (snapshot?.id === env.id && snapshot.numEnvs === env.numEnvs) return;
  const got = snapshot?.id === undefined ? describeValue(snapshot) : `a snapshot of ${snapshot.id} in ${snapshot.numEnvs} copies`;
  throw new InvalidOptionsError({
    where: `${env.id}.restore`,
    got,
    expected: `one of ${env.id} in ${env.numEnvs} copies`,
    remedy: 'Pass what snapshot() of the same specification returned.',
  });
}
