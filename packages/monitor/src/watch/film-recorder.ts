import { inflateRawSync } from 'node:zlib';
import type { Picture } from '@pg/core';
import { type Caption, ClipEncoder } from './clip-encoder.js';
import type { Clip, Film } from './film.js';

/** Where a clip ends: at so many pictures, or so many bytes before compression. */
const LENGTH = 24;
const BYTES = 4_000_000;

/** How much a film may hold. */
export interface FilmLimits {
  readonly clips: number;
  /** Characters of all pixels. */
  readonly characters: number;
}

const usual: FilmLimits = { clips: 64, characters: 3_000_000 };

/**
 * Records an episode of any length in bounded memory: when there are more pictures than a film may hold, every second one is left
 * out, and from then on only every second one is taken.
 */
export class FilmRecorder {
  readonly #fps: number;
  readonly #limits: FilmLimits;
  #clips: Clip[] = [];
  #open: ClipEncoder;
  #stride = 1;
  #seen = 0;

  constructor(fps: number, limits: FilmLimits = usual) {
    this.#fps = fps;
    this.#limits = limits;
    this.#open = new ClipEncoder(fps);
  }

  /** Adds the next picture, which is copied; one of another size than the last begins another clip. */
  add(picture: Picture, caption: Caption): void {
    if (this.#seen++ % this.#stride !== 0) return;
    this.#take(picture, caption);
    while (this.#isTooLarge()) this.#thin();
  }

  /** The film so far; null when there is no picture. */
  finish(): Film | null {
    this.#seal();
    return this.#clips.length === 0 ? null : { clips: this.#clips, stride: this.#stride };
  }

  #take(picture: Picture, caption: Caption): void {
    if (!this.#open.fits(picture)) this.#seal();
    this.#open.add(picture, caption);
    if (this.#open.length === LENGTH || this.#open.bytes > BYTES) this.#seal();
  }

  #seal(): void {
    if (this.#open.length > 0) this.#clips.push(this.#open.finish());
    this.#open = new ClipEncoder(this.#fps);
  }

  #isTooLarge(): boolean {
    if (this.#clips.length <= 1) return false;
    return this.#clips.length > this.#limits.clips || this.#clips.reduce((sum, { pixels }) => sum + pixels.length, 0) > this.#limits.characters;
  }

  #thin(): void {
    this.#seal();
    const clips = this.#clips;
    this.#clips = [];
    this.#stride *= 2;
    let at = 0;
    for (const clip of clips) for (const [picture, caption] of pictures(clip)) if (at++ % 2 === 0) this.#take(picture, caption);
  }
}

/** The pictures of a clip; each is changed into the next one. */
export function* pictures({ width, height, frames, pixels }: Clip): Generator<[Picture, Caption]> {
  const bytes = inflateRawSync(Buffer.from(pixels, 'base64'));
  const data = new Uint8Array(width * height * 3);
  let at = 0;
  for (const [left, top, columns, rows, episode, step, episodeReturn] of frames) {
    for (let row = 0; row < rows; row++, at += columns * 3) data.set(bytes.subarray(at, at + columns * 3), ((top + row) * width + left) * 3);
    yield [
      { width, height, data },
      { episode, step, return: episodeReturn ?? Number.NaN },
    ];
  }
}
