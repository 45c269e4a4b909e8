import type { JoystickAction } from '../atari/joystick-action.js';
import type { PongActions } from './options.js';

const [up, down, none] = [-1, 1, 0];

/** The console's actions in the order of the Arcade Learning Environment: right is up, left is down. */
const FULL: readonly JoystickAction[] = [
  { direction: none, fire: false },
  { direction: none, fire: true },
  { direction: up, fire: false },
  { direction: down, fire: false },
  { direction: up, fire: true },
  { direction: down, fire: true },
];

/** The actions of each set, by their index. */
export const joystickActions: Readonly<Record<PongActions, readonly JoystickAction[]>> = { full: FULL, two: [FULL[2]!, FULL[3]!] };
