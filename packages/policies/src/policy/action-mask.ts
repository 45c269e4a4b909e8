import { describeValue, InvalidActionError, InvalidOptionsError, InvalidShapeError, type Space } from '@pg/core';

/** What actions are allowed, for policies that choose by a softmax. */
export interface MaskOptions {
  /**
   * One entry for each action of a discrete space, 1 or true where it is allowed; all are by default. What is not allowed has the
   * probability 0.
   */
  readonly mask?: Uint8Array | readonly (boolean | number)[] | undefined;
}

/**
 * Writes a mask where a distribution reads it; no mask allows everything. `masks` is empty where the distribution has none.
 *
 * @throws InvalidOptionsError for a mask where the distribution has none
 * @throws InvalidShapeError when it is not one entry for each action
 * @throws InvalidActionError when it allows nothing
 */
export function writeMask(where: string, mask: MaskOptions['mask'], masks: Uint8Array, space: Space): void {
  masks.fill(1);
  if (mask === undefined) return;
  if (masks.length === 0) {
    throw new InvalidOptionsError({
      where,
      got: 'a mask for a policy that does not choose by a softmax',
      expected: 'no mask',
      remedy: 'Use categorical, or actorCritic for discrete actions.',
    });
  }
  if (!isMask(mask, masks.length)) {
    throw new InvalidShapeError({
      where,
      got: `the mask ${describeValue(mask)}`,
      expected: `${masks.length} times 0 or 1, or true or false`,
      remedy: 'Give one entry for each action.',
    });
  }
  for (let k = 0; k < masks.length; k++) masks[k] = mask[k] ? 1 : 0;
  if (masks.includes(1)) return;
  throw new InvalidActionError({
    where,
    got: `a mask that allows none of the ${space.kind === 'discrete' ? space.size : 0} actions`,
    expected: 'at least one allowed action',
    remedy: 'Allow an action, or end the episode where there is nothing to do.',
  });
}

function isMask(value: unknown, length: number): value is NonNullable<MaskOptions['mask']> {
  if (!Array.isArray(value) && !(value instanceof Uint8Array)) return false;
  return value.length === length && value.every((entry) => entry === 0 || entry === 1 || typeof entry === 'boolean');
}
