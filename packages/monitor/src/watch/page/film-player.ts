import type { Film } from '../film.js';
import { type DecodedClip, decodeClip } from './clip-decoder.js';
import type { Screen } from './screen.js';

/** Milliseconds that the last picture stays. */
const PAUSE = 1200;

/** Plays a film again and again, and shows any of its pictures. */
export class FilmPlayer {
  readonly #screen: Screen;
  readonly #film: Film;
  /** The clip and the place in it of each picture. */
  readonly #places: readonly (readonly [clip: number, frame: number])[];
  #decoded: { readonly index: number; readonly clip: Promise<DecodedClip> } | undefined;
  #next = 0;
  at = -1;
  paused: boolean;

  constructor(screen: Screen, film: Film, paused: boolean) {
    this.#screen = screen;
    this.#film = film;
    this.#places = film.clips.flatMap(({ frames }, clip) => frames.map((_, frame) => [clip, frame] as const));
    this.paused = paused;
    void this.seek(0);
  }

  get length(): number {
    return this.#places.length;
  }

  /** Shows a picture. */
  async seek(at: number): Promise<void> {
    const place = this.#places[at];
    if (place === undefined) return;
    this.at = at;
    const [index, frame] = place;
    if (this.#decoded?.index !== index) this.#decoded = { index, clip: decodeClip(this.#film.clips[index]!) };
    const clip = await this.#decoded.clip;
    if (this.at === at) this.#screen.show(clip, frame);
  }

  /** Shows what is due; whether it has moved on. */
  tick(now: number): boolean {
    if (this.paused || now < this.#next) return false;
    const last = this.at === this.length - 1;
    void this.seek(last ? 0 : this.at + 1);
    const { fps } = this.#film.clips[0]!;
    // a picture late is no reason to hurry
    this.#next = Math.max(now, this.#next) + (this.at === this.length - 1 ? PAUSE : 1000 / fps) - Math.min(1000 / fps, Math.max(0, now - this.#next));
    return true;
  }
}
