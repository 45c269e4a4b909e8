import type { Clip } from '../film.js';
import { type DecodedClip, decodeClip } from './clip-decoder.js';
import type { Screen } from './screen.js';

/** Seconds of pictures that may wait; beyond, the oldest are left out. */
const MOST_SECONDS = 2;

/** Plays clips at their pace as they come. */
export class LivePlayer {
  readonly #screen: Screen;
  #waiting: DecodedClip[] = [];
  #frame = 0;
  #next = 0;
  paused: boolean;

  constructor(screen: Screen, paused: boolean) {
    this.#screen = screen;
    this.paused = paused;
  }

  /** Takes the next clip. While it is paused, only the newest waits. */
  async add(clip: Clip): Promise<void> {
    const decoded = await decodeClip(clip);
    const frames = this.#waiting.reduce((sum, { frames: waiting }) => sum + waiting.length, 0);
    if (this.paused || frames > MOST_SECONDS * clip.fps) {
      this.#waiting = [];
      this.#frame = 0;
    }
    this.#waiting.push(decoded);
  }

  /** Shows what is due, in milliseconds of the page's clock. */
  tick(now: number): void {
    const clip = this.#waiting[0];
    if (clip === undefined || this.paused) return;
    if (now - this.#next > 250) this.#next = now; // nothing was there to show, or the page was asleep
    if (now < this.#next) return;
    this.#next += 1000 / clip.fps;
    this.#screen.show(clip, this.#frame++);
    if (this.#frame < clip.frames.length) return;
    this.#waiting.shift();
    this.#frame = 0;
  }
}
