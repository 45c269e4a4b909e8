/** How far the knob turns in a frame, in rows: 23,000 units of the emulator's paddle resistance. */
const KNOB_SPEED = 5.76;
/** The knob turns beyond the paddle's way at the top: after a long way up, the first moves down do nothing. */
const KNOB_LOW = -1;
/** The lowest place of knob and paddle, in rows. */
const PADDLE_HIGH = 190;
/** The highest place of the paddle. */
const PADDLE_LOW = 24;
/** The part of its way to the knob that the paddle goes in a frame. */
const SMOOTHING = 0.25;
/** Where knob and paddle are in the beginning: the middle. */
const MIDDLE = 94.5;

/** The agent's paddle: a knob that the joystick turns, and a paddle that follows it smoothly. */
export class AgentPaddle {
  /** Where the knob is, in rows, −1 to 190. */
  knob = MIDDLE;
  /** Where the paddle is, in rows, 24 to 190; drawn on a grid of two rows. */
  place = MIDDLE;

  /** Puts both in the middle. */
  center(): void {
    this.knob = MIDDLE;
    this.place = MIDDLE;
  }

  /** One frame of turning: −1 up, 1 down, 0 not at all. */
  turn(direction: number): void {
    this.knob = Math.min(PADDLE_HIGH, Math.max(KNOB_LOW, this.knob + direction * KNOB_SPEED));
    this.place += SMOOTHING * (Math.max(PADDLE_LOW, this.knob) - this.place);
  }

  /** The row in which the paddle is drawn; always even. */
  get top(): number {
    return 2 * Math.floor((this.place + 1) / 2);
  }
}
