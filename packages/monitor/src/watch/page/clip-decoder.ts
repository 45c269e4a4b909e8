import type { Clip } from '../film.js';

/** A clip whose pictures can be painted. */
export interface DecodedClip extends Clip {
  /** The rectangles' red, green and blue, one after the other. */
  readonly bytes: Uint8Array;
  /** Where the rectangle of each frame begins in them. */
  readonly offsets: readonly number[];
}

/** Inflates a clip. */
export async function decodeClip(clip: Clip): Promise<DecodedClip> {
  const deflated = Uint8Array.from(atob(clip.pixels), (character) => character.charCodeAt(0));
  const inflated = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(inflated).arrayBuffer());
  let at = 0;
  const offsets = clip.frames.map(([, , width, height]) => {
    const offset = at;
    at += width * height * 3;
    return offset;
  });
  return { ...clip, bytes, offsets };
}

/** The rectangle of a frame as a canvas takes it: red, green, blue, alpha. */
export function pixelsOf({ frames, bytes, offsets }: DecodedClip, frame: number): Uint8ClampedArray<ArrayBuffer> {
  const [, , width, height] = frames[frame]!;
  const offset = offsets[frame]!;
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let channel = 0; channel < 3; channel++) pixels[i * 4 + channel] = bytes[offset + i * 3 + channel]!;
    pixels[i * 4 + 3] = 255;
  }
  return pixels;
}
