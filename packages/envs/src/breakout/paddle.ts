import { FIELD_LEFT } from './geometry.js';

/** How far the knob turns in a frame, in columns: 23,000 units of the emulator's paddle resistance. */
const KNOB_SPEED = 5.76;
/** The ends of the knob's way, which goes beyond the paddle's: 191 columns, the emulator's whole range of resistance, round the middle. */
const KNOB_LOW = 3.5;
const KNOB_HIGH = 194.5;
/** The ends of the paddle's way: at the right it goes behind the wall. */
const PADDLE_LOW = FIELD_LEFT;
const PADDLE_HIGH = 144;
/** The paddle is where the knob was so many frames ago: between the one before the last and the last. */
const LAG = 1.8;
/** Where knob and paddle are in the beginning. */
const MIDDLE = 99;

/** A knob that the joystick turns, and a paddle that follows it at a distance of 1.8 frames. */
export class Paddle {
  /** Where the knob is, in columns, 3.5 to 194.5. */
  knob = MIDDLE;
  /** Where it was a frame ago, and two frames ago. */
  knobBefore = MIDDLE;
  knobEarlier = MIDDLE;

  /** Puts both in the middle. */
  center(): void {
    this.knob = MIDDLE;
    this.knobBefore = MIDDLE;
    this.knobEarlier = MIDDLE;
  }

  /** One frame of turning: −1 left, 1 right, 0 not at all. */
  turn(direction: number): void {
    this.knobEarlier = this.knobBefore;
    this.knobBefore = this.knob;
    this.knob = Math.min(KNOB_HIGH, Math.max(KNOB_LOW, this.knob + direction * KNOB_SPEED));
  }

  /** The paddle's left column, 8 to 144. */
  get left(): number {
    const place = (LAG - 1) * this.knobEarlier + (2 - LAG) * this.knobBefore;
    return Math.min(PADDLE_HIGH, Math.max(PADDLE_LOW, Math.round(place)));
  }
}
