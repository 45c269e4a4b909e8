import { gray } from '../atari/gray.js';

/** The colours of a picture, a number for each channel of a pixel, 0 to 255. */
export interface Colors {
  readonly background: readonly number[];
  /** Walls and ball. */
  readonly wall: readonly number[];
  /** The opponent's paddle and score. */
  readonly opponent: readonly number[];
  /** The agent's paddle and score. */
  readonly agent: readonly number[];
}

/** Red, green, blue during play, as the emulators show an NTSC console's colours. */
export const PLAY_COLORS: Colors = { background: [144, 72, 17], wall: [236, 236, 236], opponent: [213, 130, 74], agent: [92, 186, 92] };

/** The picture at a reset has other colours; the first frame after it those of play. */
export const RESET_COLORS: Colors = { background: [109, 118, 43], wall: [53, 95, 24], opponent: [210, 182, 86], agent: [101, 111, 228] };

/** The same colours as one channel. */
export function inGray({ background, wall, opponent, agent }: Colors): Colors {
  return { background: gray(background), wall: gray(wall), opponent: gray(opponent), agent: gray(agent) };
}
