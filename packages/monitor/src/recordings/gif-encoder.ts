import { InvalidOptionsError, InvalidShapeError, type Picture, requirePicture } from '@pg/core';
import { GifWriter } from 'omggif';
import { type Area, changedArea } from './changed-area.js';
import type { GifSettings } from './gif-options.js';
import { indexColors } from './index-colors.js';

/** The largest side that the format has room for. */
const LARGEST = 65535;
/** The longest that one picture can stay, in 1/100 s. */
const LONGEST = 65535;
/** Leaves a picture in place under the next one. */
const KEEP = 1;

interface Waiting {
  readonly picture: Picture;
  readonly area: Area;
  /** The frame with which it appears. */
  readonly since: number;
}

/**
 * Encodes pictures of one size as an animated GIF, one by one. Of each only the rectangle that differs from the one before is kept,
 * with a palette of its own; a picture that equals the one before makes that one stay longer.
 */
export class GifEncoder {
  private readonly chunks: Uint8Array[] = [];
  private writer: GifWriter | undefined;
  private waiting: Waiting | undefined;
  /** How many pictures were added. */
  frames = 0;

  /** @param where - begins the error messages */
  constructor(
    private readonly where: string,
    private readonly settings: GifSettings,
  ) {}

  /**
   * Adds the next picture; it is copied.
   *
   * @throws InvalidShapeError when it is of another size than the first, or larger than the format allows
   */
  add(picture: Picture): void {
    requirePicture(this.where, picture);
    const { width, height } = picture;
    this.requireSize(picture);
    const area = this.waiting === undefined ? { left: 0, top: 0, width, height } : changedArea(this.waiting.picture, picture);
    if (area !== undefined) {
      this.write();
      this.waiting = { picture: { width, height, data: picture.data.slice() }, area, since: this.frames };
    }
    this.frames++;
  }

  /**
   * The whole file. Nothing can be added after it.
   *
   * @throws InvalidOptionsError when there is no picture
   */
  finish(): Uint8Array {
    if (this.waiting === undefined) {
      throw new InvalidOptionsError({
        where: this.where,
        got: 'no pictures',
        expected: 'at least one',
        remedy: 'Add env.render() after reset() and after every step.',
      });
    }
    this.write();
    this.encode(1, (writer) => writer.end());
    return Buffer.concat(this.chunks);
  }

  /** Encodes the picture that waited for how long it is seen. */
  private write(): void {
    if (this.waiting === undefined) return;
    const { picture, area, since } = this.waiting;
    const { palette, indices } = indexColors(picture, area);
    const delay = Math.min(LONGEST, this.hundredths(this.frames) - this.hundredths(since));
    const { left, top, width, height } = area;
    // LZW codes have at most 12 bits and at most one is written a pixel; the rest is for the palette and the blocks' lengths
    const room = 2 * indices.length + 1024;
    this.writer ??= this.begin(picture);
    // the types ask for a list of numbers, the program for anything with a length
    const pixels = indices as unknown as number[];
    this.encode(room, (writer) => writer.addFrame(left, top, width, height, pixels, { palette, delay, disposal: KEEP }));
  }

  private begin({ width, height }: Picture): GifWriter {
    const header = new Uint8Array(64);
    const writer = new GifWriter(header, width, height, this.settings.loop ? { loop: 0 } : {});
    this.chunks.push(header.subarray(0, writer.getOutputBufferPosition()));
    return writer;
  }

  private encode(room: number, write: (writer: GifWriter) => void): void {
    const bytes = new Uint8Array(room);
    this.writer!.setOutputBuffer(bytes);
    this.writer!.setOutputBufferPosition(0);
    write(this.writer!);
    this.chunks.push(bytes.slice(0, this.writer!.getOutputBufferPosition()));
  }

  /** When a frame begins, in 1/100 s; rounding each beginning, and not each length, keeps the whole as long as it should be. */
  private hundredths(frame: number): number {
    return Math.round((100 * frame) / this.settings.fps);
  }

  private requireSize({ width, height }: Picture): void {
    const first = this.waiting?.picture ?? { width, height };
    if (width > LARGEST || height > LARGEST) {
      throw new InvalidShapeError({
        where: this.where,
        got: `a picture of ${width}×${height}`,
        expected: `at most ${LARGEST} pixels a side, which is what a GIF can hold`,
        remedy: 'Make it smaller with resizePicture of @pg/envs.',
      });
    }
    if (width === first.width && height === first.height) return;
    throw new InvalidShapeError({
      where: this.where,
      got: `picture ${this.frames + 1} of ${width}×${height} after ${first.width}×${first.height}`,
      expected: 'pictures of one size',
      remedy: 'Give them one size with resizePicture of @pg/envs, or write a file for each size.',
    });
  }
}
