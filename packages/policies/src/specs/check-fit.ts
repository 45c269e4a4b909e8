import { describeSpace, IncompatiblePolicyError, isSpace, requireArgument, type Space } from '@pg/core';
import type { NetworkSpec } from '../networks/network-spec.js';
import type { PolicySpaces } from './policy-spec.js';

/** Refuses observations that a network cannot read; for JavaScript callers, whom the types do not stop. */
export function checkObservations(policy: string, network: NetworkSpec<never>, space: Space): void {
  if (space.kind === 'box' && space.shape.length === network.inputRank) return;
  const expected = network.inputRank === 1 ? 'Box<[number]>' : `a Box with ${network.inputRank} axes`;
  throw new IncompatiblePolicyError({
    where: policy,
    got: `observations of ${describeSpace(space)}`,
    expected: `${expected}, which is what ${network.name} reads`,
    remedy: space.kind === 'discrete' ? 'Pipe the environment through oneHot().' : 'Use a network for such observations.',
  });
}

/** Refuses an action space of the wrong kind. */
export function checkActions(policy: string, kind: Space['kind'], space: Space): void {
  if (space.kind === kind) return;
  const [expected, other] = kind === 'discrete' ? ['a Discrete space', 'diagonalGaussian'] : ['a Box space', 'categorical'];
  throw new IncompatiblePolicyError({ where: policy, got: `an environment that takes ${describeSpace(space)}`, expected, remedy: `Use ${other} for it.` });
}

/** Refuses what has no spaces; for JavaScript callers. */
export function requireSpaces(policy: string, spaces: PolicySpaces): PolicySpaces {
  const fits = isSpace(spaces?.observationSpace) && isSpace(spaces.actionSpace);
  requireArgument(fits, policy, { name: 'spaces', value: spaces, expected: 'an environment, or an object with its observationSpace and actionSpace' });
  return spaces;
}
