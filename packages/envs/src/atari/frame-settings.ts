import type { JoystickAction } from './joystick-action.js';
import type { ParsedAtariOptions } from './options.js';
import type { AtariVersionSettings } from './versions.js';

/** How the copies of an environment step their games. */
export interface FrameSettings {
  /** What the actions do, by their index. */
  readonly actions: readonly JoystickAction[];
  /** An action lasts a number of frames from this one on … */
  readonly leastFrames: number;
  /** … to this one, all alike. */
  readonly mostFrames: number;
  /** The probability, in each frame, that the action before is executed once more. */
  readonly repeatActionProbability: number;
  /** Episodes begin with 1 to so many frames without an action, or 0 for none. */
  readonly noopMax: number;
  /** Whether views are asked for the brighter of a step's last two frames. */
  readonly maxOfTwoFrames: boolean;
  /** Whether an episode ends with a life; the next one goes on with the game. */
  readonly terminalOnLifeLoss: boolean;
}

/** The settings and the time limit that options stand for, with what the version says where they say nothing. */
export function frameSettings(
  options: ParsedAtariOptions,
  version: AtariVersionSettings,
  { actions, terminalOnLifeLoss = false }: { readonly actions: readonly JoystickAction[]; readonly terminalOnLifeLoss?: boolean },
): FrameSettings & { readonly maxSteps: number } {
  const { noopMax, maxOfTwoFrames } = options;
  const { frameSkip = version.frameSkip, repeatActionProbability = version.repeatActionProbability, maxSteps = version.maxSteps } = options;
  const [leastFrames, mostFrames] = typeof frameSkip === 'number' ? [frameSkip, frameSkip] : frameSkip;
  return { actions, leastFrames, mostFrames, repeatActionProbability, noopMax, maxOfTwoFrames, terminalOnLifeLoss, maxSteps };
}
