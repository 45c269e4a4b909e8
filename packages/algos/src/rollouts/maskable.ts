import { IncompatiblePolicyError } from '@pg/core';
import type { DistributionSpec } from '@pg/nn';
import type { PolicyModel } from '@pg/policies';

/**
 * The distribution of a policy, with room for masks where the environment says which actions are allowed.
 *
 * @throws IncompatiblePolicyError when it says so and the policy has no choices that could be masked
 */
export function maskable(
  where: string,
  { name, model }: { readonly name: string; readonly model: PolicyModel },
  env: { readonly id: string; readonly masksActions: boolean },
): DistributionSpec {
  const { distribution } = model;
  if (!env.masksActions) return distribution;
  if (distribution.kind === 'categorical') return { ...distribution, masked: true };
  throw new IncompatiblePolicyError({
    where,
    got: `${name}, of which no action can be ruled out, for ${env.id}, which says which actions are allowed`,
    expected: 'a policy that chooses by a softmax',
    remedy: 'Use categorical, or actorCritic.',
  });
}
