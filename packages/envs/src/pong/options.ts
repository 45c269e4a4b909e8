import type { Box } from '@pg/core';
import * as z from 'zod/mini';
import { type AtariObservation, type AtariOptions, atariOptions } from '../atari/options.js';
import type { AtariPictures } from '../atari/picture-space.js';
import type { PongOpponent } from './opponent.js';
import { type PongVersion, pongVersions } from './versions.js';

/** The console's six actions, or up and down alone. */
export type PongActions = 'full' | 'two';

/** What the agent sees: the picture in colours or in gray, or nine numbers. */
export type PongObservation = AtariObservation;

/** The space of each kind of observation. */
export interface PongSpaces extends AtariPictures {
  /** The nine numbers of a state. */
  readonly state: Box<readonly [9]>;
}

/** How many actions each set has. */
export interface PongActionCounts {
  /** The console's six. */
  readonly full: 6;
  /** Up and down. */
  readonly two: 2;
}

/** The colours of pictures: as the real game shows them, which has others at a reset, or always those of play. */
export type PongPalette = 'atari' | 'play';

/** What {@link pong} can be told. */
export interface PongOptions<TActions extends PongActions = PongActions, TObservation extends PongObservation = PongObservation>
  extends AtariOptions<PongVersion, TObservation> {
  /** `full` by default: NOOP, FIRE, RIGHT (up), LEFT (down), RIGHTFIRE, LEFTFIRE. `two`: up, down. */
  readonly actions?: TActions;
  /** `atari` by default. */
  readonly palette?: PongPalette;
  /** `tracking` by default, the game's own: two rows a frame, with a rest in every eighth. `perfect` never misses. */
  readonly opponent?: PongOpponent;
}

/** The options of {@link pong}. */
export const pongSchema = z.strictObject({
  ...atariOptions(pongVersions, 'PongDeterministic-v4'),
  actions: z._default(z.enum(['full', 'two']), 'full'),
  palette: z._default(z.enum(['atari', 'play']), 'atari'),
  opponent: z._default(z.enum(['tracking', 'perfect']), 'tracking'),
});
