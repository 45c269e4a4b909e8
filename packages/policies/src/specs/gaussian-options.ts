import { describeSpace, describeValue, IncompatiblePolicyError, InvalidOptionsError, type Space } from '@pg/core';
import { logStdRange } from './heads.js';
import { requireFlag } from './require-network.js';

/** How a Gaussian over a box is made. */
export interface GaussianOptions {
  /**
   * Where log σ comes from: `free` (the default) is one learned number for each dimension, `head` a second output of the network, so
   * that it depends on the observation; it is clamped to [−20, 2] then.
   */
  readonly logStd?: 'free' | 'head';
  /** log σ at first; 0 by default. */
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
  const { low, high } = logStd === 'head' ? logStdRange : { low: -Number.MAX_VALUE, high: Number.MAX_VALUE };
  if (typeof initialLogStd === 'number' && initialLogStd >= low && initialLogStd <= high)
    return { logStd, initialLogStd, squash: requireFlag(where, 'squash', squash, false) };
  throw new InvalidOptionsError({
    where,
    got: `initialLogStd: ${describeValue(initialLogStd)}`,
    expected: logStd === 'head' ? `a number in [${low}, ${high}], which log σ of a head is clamped to` : 'a finite number',
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
