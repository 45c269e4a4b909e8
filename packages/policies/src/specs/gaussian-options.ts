import { describeSpace, describeValue, IncompatiblePolicyError, InvalidOptionsError, type Space } from '@pg/core';
import { defaultLogStdRange } from '@pg/nn';
import { logStdRange } from './heads.js';
import { requireFlag } from './require-network.js';

/** How a Gaussian over a box is made. */
export interface GaussianOptions {
  /**
   * Where log σ comes from: `free` (the default) is one learned number for each dimension, `head` a second output of the network, so
   * that it depends on the observation. It is clamped: to [−20, 20] where it is free, and to [−20, 2] where it is a head's.
   */
  readonly logStd?: 'free' | 'head';
  /** log σ at first, within what it is clamped to; 0 by default. */
  readonly initialLogStd?: number;
  /**
   * Whether actions are squashed into the action space's bounds by a tanh, and are densities over them. By default they are not: the
   * Gaussian is unbounded, and actions are clipped before the environment sees them.
   */
  readonly squash?: boolean;
}

/** The same with defaults filled in. */
export type GaussianSettings = Required<GaussianOptions>;

/** The names of these options. */
export const gaussianKeys = ['logStd', 'initialLogStd', 'squash'] as const;

/** Checks options and fills in defaults. */
export function requireGaussianOptions(where: string, { logStd = 'free', initialLogStd = 0, squash }: GaussianOptions): GaussianSettings {
  if (logStd !== 'free' && logStd !== 'head')
    throw new InvalidOptionsError({ where, got: `logStd: ${describeValue(logStd)}`, expected: '"free" or "head"', remedy: 'Change "logStd".' });
  const { low, high } = logStd === 'head' ? logStdRange : defaultLogStdRange;
  if (typeof initialLogStd === 'number' && initialLogStd >= low && initialLogStd <= high)
    return { logStd, initialLogStd, squash: requireFlag(where, 'squash', squash, false) };
  throw new InvalidOptionsError({
    where,
    got: `initialLogStd: ${describeValue(initialLogStd)}`,
    expected: `a number in [${low}, ${high}], which ${logStd === 'head' ? 'log σ of a head' : 'a free log σ'} is clamped to`,
    remedy: 'Change "initialLogStd".',
  });
}

/** Refuses to squash into bounds that are none. */
export function checkBounds(where: string, { squash }: GaussianSettings, space: Space): void {
  if (!squash || space.kind !== 'box') return;
  const open = space.low.findIndex((low, i) => !Number.isFinite(Math.fround(space.high[i]! - low)) || low === space.high[i]);
  if (open < 0) return;
  throw new IncompatiblePolicyError({
    where,
    got: `squash: true for ${describeSpace(space)} with the bounds [${space.low[open]}, ${space.high[open]}] at element ${open}`,
    expected: 'finite bounds with low < high',
    remedy: 'Leave "squash" out, or give the action space such bounds.',
  });
}
