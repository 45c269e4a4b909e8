import type { Box } from '@pg/core';
import * as z from 'zod/mini';
import { type AtariObservation, type AtariOptions, atariOptions } from '../atari/options.js';
import type { AtariPictures } from '../atari/picture-space.js';
import { type BreakoutVersion, breakoutVersions } from './versions.js';

/** What the agent sees: the picture in colours or in gray, or 118 numbers. */
export type BreakoutObservation = AtariObservation;

/** The space of each kind of observation. */
export interface BreakoutSpaces extends AtariPictures {
  /** Ten numbers and the bricks. */
  readonly state: Box<readonly [118]>;
}

/** What {@link breakout} can be told. */
export interface BreakoutOptions<TObservation extends BreakoutObservation = BreakoutObservation> extends AtariOptions<BreakoutVersion, TObservation> {
  /**
   * Whether an episode ends with a ball; the next one goes on with the game, after a step without an action, until no ball is
   * left (`EpisodicLifeEnv` of Stable-Baselines3). False by default.
   */
  readonly terminalOnLifeLoss?: boolean;
}

/** The options of {@link breakout}. */
export const breakoutSchema = z.strictObject({
  ...atariOptions(breakoutVersions, 'BreakoutDeterministic-v4'),
  terminalOnLifeLoss: z._default(z.boolean(), false),
});
