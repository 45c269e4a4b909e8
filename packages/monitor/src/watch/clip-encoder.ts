import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync } from 'node:zlib';
import type { Picture } from '@pg/core';
import { type Area, changedArea } from '../recordings/changed-area.js';
import type { Clip, Frame } from './film.js';

/** What is said under a picture. */
export interface Caption {
  /** The episode's number; 0 where there is only one. */
  readonly episode: number;
  /** Steps of the episode so far. */
  readonly step: number;
  /** The episode's return so far; NaN where it is unknown. */
  readonly return: number;
}

const inBackground = promisify(deflateRaw);

/** Collects pictures of one size for a clip. Of each but the first, only the rectangle that changed is kept. */
export class ClipEncoder {
  readonly #fps: number;
  readonly #chunks: Uint8Array[] = [];
  readonly #frames: Frame[] = [];
  #bytes = 0;
  #last: Picture | undefined;

  constructor(fps: number) {
    this.#fps = fps;
  }

  /** How many pictures there are. */
  get length(): number {
    return this.#frames.length;
  }

  /** Their size before compression. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether a picture has the size of those before it. */
  fits({ width, height }: Picture): boolean {
    return this.#last === undefined || (width === this.#last.width && height === this.#last.height);
  }

  /** Adds a picture, which is copied. */
  add(picture: Picture, { episode, step, return: episodeReturn }: Caption): void {
    const { width, height } = picture;
    const whole = { left: 0, top: 0, width, height };
    const area = this.#last === undefined ? whole : (changedArea(this.#last, picture) ?? { left: 0, top: 0, width: 0, height: 0 });
    this.#chunks.push(cut(picture, area));
    this.#bytes += area.width * area.height * 3;
    this.#frames.push([
      area.left,
      area.top,
      area.width,
      area.height,
      episode,
      step,
      Number.isFinite(episodeReturn) ? Number(episodeReturn.toPrecision(6)) : null,
    ]);
    this.#last = { width, height, data: picture.data.slice() };
  }

  /** The clip, compressed well. */
  finish(): Clip {
    return this.#clip(deflateRawSync(Buffer.concat(this.#chunks)));
  }

  /** The clip, compressed fast and on another thread. */
  async finishInBackground(): Promise<Clip> {
    return this.#clip(await inBackground(Buffer.concat(this.#chunks), { level: 1 }));
  }

  #clip(deflated: Buffer): Clip {
    const { width, height } = this.#last!;
    return { width, height, fps: this.#fps, frames: this.#frames, pixels: deflated.toString('base64') };
  }
}

function cut({ width, data }: Picture, area: Area): Uint8Array {
  const bytes = new Uint8Array(area.width * area.height * 3);
  for (let row = 0; row < area.height; row++) {
    const from = ((area.top + row) * width + area.left) * 3;
    bytes.set(data.subarray(from, from + area.width * 3), row * area.width * 3);
  }
  return bytes;
}
