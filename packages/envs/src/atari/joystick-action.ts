/** What an action does while it lasts. */
export interface JoystickAction {
  /** Where the paddle's knob is turned: −1, 1, or 0 for not at all. */
  readonly direction: number;
  /** Whether the button is held. */
  readonly fire: boolean;
}

/** No action. */
export const NOOP: JoystickAction = { direction: 0, fire: false };
