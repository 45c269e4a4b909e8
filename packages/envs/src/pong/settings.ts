import type { JoystickAction } from './actions.js';
import type { PongOpponent } from './opponent.js';
import type { ScreenColors } from './screen.js';

/** What all copies of one Pong environment share. */
export interface PongSettings {
  /** What the actions do, by their index. */
  readonly actions: readonly JoystickAction[];
  /** An action lasts a number of frames from this one on … */
  readonly leastFrames: number;
  /** … to this one, all alike. */
  readonly mostFrames: number;
  readonly repeatActionProbability: number;
  readonly noopMax: number;
  readonly maxOfTwoFrames: boolean;
  readonly opponent: PongOpponent;
  /** The colours of observations; none for observations without a picture. */
  readonly colors: ScreenColors | undefined;
  /** The colours of pictures for people. */
  readonly renderColors: ScreenColors;
}
