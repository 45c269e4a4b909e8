import { describeValue, InvalidActionError, InvalidOptionsError, InvalidShapeError, isUint8Array, type Space } from '@pg/core';

/** 1 or true where an action is allowed. */
export type Masks = Uint8Array | readonly (boolean | number)[];

/** What actions are allowed, for policies that choose by a softmax. */
export interface MaskOptions {
  /**
   * One entry for each action of a discrete space, 1 or true where it is allowed; all are by default. What is not allowed has the
   * probability 0. What `env.actionMask` gives.
   */
  readonly mask?: Uint8Array | readonly (boolean | number)[] | undefined;
}

/** Where masks go. */
interface MaskRows {
  /** Where a distribution reads them; empty where it has none. */
  readonly into: Uint8Array;
  /** How many rows there are. */
  readonly count: number;
  readonly space: Space;
}

/**
 * Writes masks, one after the other, where a distribution reads them; no masks allow everything.
 *
 * @throws InvalidOptionsError for masks where the distribution has none
 * @throws InvalidShapeError when they are not one entry for each action
 * @throws InvalidActionError when one allows nothing
 */
export function writeMasks(where: string, masks: Masks | undefined, { into, count, space }: MaskRows): void {
  const choices = space.kind === 'discrete' ? space.size : 0;
  into.fill(1, 0, count * choices);
  if (masks === undefined) return;
  if (into.length === 0) {
    throw new InvalidOptionsError({
      where,
      got: 'a mask for a policy that does not choose by a softmax',
      expected: 'no mask',
      remedy: 'Use categorical, or actorCritic for discrete actions.',
    });
  }
  if (!areMasks(masks, count * choices)) {
    throw new InvalidShapeError({
      where,
      got: `the mask ${describeValue(masks)}`,
      expected: `${count === 1 ? '' : `${count} × `}${choices} times 0 or 1, or true or false`,
      remedy: 'Give one entry for each action.',
    });
  }
  for (let i = 0; i < masks.length; i++) into[i] = masks[i] ? 1 : 0;
  for (let row = 0; row < count; row++) {
    const first = into.indexOf(1, row * choices);
    if (first < 0 || first >= (row + 1) * choices) throw nothingAllowed(where, choices, count === 1 ? '' : ` in row ${row}`);
  }
}

function nothingAllowed(where: string, choices: number, at: string): InvalidActionError {
  return new InvalidActionError({
    where,
    got: `a mask that allows none of the ${choices} actions${at}`,
    expected: 'at least one allowed action',
    remedy: 'Allow an action, or end the episode where there is nothing to do.',
  });
}

function areMasks(value: unknown, length: number): value is Masks {
  if (!Array.isArray(value) && !isUint8Array(value)) return false;
  return value.length === length && value.every((entry) => entry === 0 || entry === 1 || typeof entry === 'boolean');
}
