import { describeSpace, IncompatiblePolicyError, type Space } from '@pg/core';
import type { Network } from '@pg/nn';
import type { NetworkSpec } from '../networks/network-spec.js';

/**
 * What a network reads of a space: its shape, and whether it is kept as bytes, of which the layers see byte/255.
 *
 * @throws IncompatiblePolicyError when numbers that are no bytes are to be kept as bytes
 */
export function networkInput(policy: string, { name, input }: NetworkSpec<never>, space: Space): Pick<Network, 'inputShape' | 'input'> {
  if (space.kind === 'discrete') return { inputShape: [1] };
  const { shape, dtype, low, high } = space;
  if ((input === 'as-observed' ? dtype : input) !== 'uint8') return { inputShape: shape };
  const outside = low.findIndex((from, i) => !(from >= 0 && high[i]! <= 255));
  if (outside >= 0) {
    throw new IncompatiblePolicyError({
      where: policy,
      got: `observations of ${describeSpace(space)} with the bounds [${low[outside]}, ${high[outside]}] at element ${outside}`,
      expected: `bounds within 0 and 255, which ${name} keeps as bytes`,
      remedy: 'Leave out input: "uint8", or give the observation space such bounds.',
    });
  }
  return { inputShape: shape, input: { dtype: 'uint8', scale: 1 / 255 } };
}
