import type { Box } from '@pg/core';
import * as z from 'zod/mini';
import type { PongOpponent } from './opponent.js';
import { type PongVersion, type PongVersionSettings, pongVersions } from './versions.js';

/** The console's six actions, or up and down alone. */
export type PongActions = 'full' | 'two';

/** What the agent sees: the picture in colours or in gray, or nine numbers. */
export type PongObservation = 'rgb' | 'grayscale' | 'state';

/** The space of each kind of observation. */
export interface PongSpaces {
  /** The screen in colours. */
  readonly rgb: Box<readonly [210, 160, 3], 'uint8'>;
  /** The screen in gray. */
  readonly grayscale: Box<readonly [210, 160, 1], 'uint8'>;
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
  extends Partial<PongVersionSettings> {
  /** Where frame skip, repeated actions and time limit come from if they are not given; `PongDeterministic-v4` by default. */
  readonly version?: PongVersion;
  /** `full` by default: NOOP, FIRE, RIGHT (up), LEFT (down), RIGHTFIRE, LEFTFIRE. `two`: up, down. */
  readonly actions?: TActions;
  /** Each episode begins with 1 to so many frames without an action; 0 by default, none. At most 250. */
  readonly noopMax?: number;
  /** `rgb` by default. */
  readonly observation?: TObservation;
  /** Pictures are the brighter of a step's last two frames, number by number, as in DeepMind's experiments; false by default. */
  readonly maxOfTwoFrames?: boolean;
  /** `atari` by default. */
  readonly palette?: PongPalette;
  /** `tracking` by default, the game's own: two rows a frame, with a rest in every eighth. `perfect` never misses. */
  readonly opponent?: PongOpponent;
}

const frames = z.int().check(z.gte(1), z.lte(1000));

/** The options of {@link pong}. */
export const pongSchema = z.strictObject({
  version: z._default(z.enum(Object.keys(pongVersions) as PongVersion[]), 'PongDeterministic-v4'),
  actions: z._default(z.enum(['full', 'two']), 'full'),
  frameSkip: z.optional(
    z.custom<number | readonly [number, number]>(isFrameSkip, { error: 'a whole number of frames from 1 to 1000, or a range [from, to] of such' }),
  ),
  repeatActionProbability: z.optional(z.number().check(z.gte(0), z.lt(1))),
  noopMax: z._default(z.int().check(z.gte(0), z.lte(250)), 0),
  observation: z._default(z.enum(['rgb', 'grayscale', 'state']), 'rgb'),
  maxOfTwoFrames: z._default(z.boolean(), false),
  palette: z._default(z.enum(['atari', 'play']), 'atari'),
  maxSteps: z.optional(z.int().check(z.gte(1))),
  opponent: z._default(z.enum(['tracking', 'perfect']), 'tracking'),
});

function isFrameSkip(value: unknown): boolean {
  const range = typeof value === 'number' ? [value, value] : value;
  return Array.isArray(range) && range.length === 2 && range.every((count) => frames.safeParse(count).success) && range[0] <= range[1];
}
