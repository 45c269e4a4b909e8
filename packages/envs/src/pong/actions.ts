import type { PongActions } from './options.js';

/** What an action does while it lasts. */
export interface JoystickAction {
  /** Where the knob is turned: −1 up, 1 down, 0 not at all. */
  readonly direction: number;
  /** Whether the button is held. */
  readonly fire: boolean;
}

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

/** No action. */
export const NOOP: JoystickAction = FULL[0]!;
