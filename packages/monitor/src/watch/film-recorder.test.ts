import type { Picture } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { ClipEncoder } from './clip-encoder.js';
import { FilmRecorder, pictures } from './film-recorder.js';
import { decodeClip, pixelsOf } from './page/clip-decoder.js';

/** A white square of 4 pixels wanders over a grey picture. */
function picture(at: number, [width, height] = [20, 12]): Picture {
  const data = new Uint8Array(width * height * 3).fill(90);
  for (let row = 0; row < 4; row++) data.fill(255, ((row + (at % 7)) * width + (at % 13)) * 3, ((row + (at % 7)) * width + (at % 13) + 4) * 3);
  return { width, height, data };
}

function noise(seed: number): Picture {
  let state = seed + 1;
  const data = Uint8Array.from({ length: 64 * 64 * 3 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
  return { width: 64, height: 64, data };
}

const caption = (step: number) => ({ episode: 2, step, return: step / 2 });

describe('a clip', () => {
  test('gives the pictures back, in Node and in a page', async () => {
    const encoder = new ClipEncoder(30);
    const steps = [0, 1, 2, 2, 9];
    for (const step of steps) encoder.add(picture(step), caption(step));
    const clip = JSON.parse(JSON.stringify(await encoder.finishInBackground()));
    expect(clip.frames.length).toBe(5);
    let at = 0;
    for (const [{ data }, said] of pictures(clip)) {
      expect(Buffer.compare(data, picture(steps[at]!).data)).toBe(0);
      expect(said).toEqual(caption(steps[at++]!));
    }
    const page = await decodeClip(clip);
    const canvas = new Uint8Array(20 * 12 * 3);
    for (const [frame, [left, top, width, height]] of page.frames.entries()) {
      const pixels = pixelsOf(page, frame);
      for (let i = 0; i < width * height; i++) canvas.set(pixels.subarray(i * 4, i * 4 + 3), ((top + Math.floor(i / width)) * 20 + left + (i % width)) * 3);
      expect(Buffer.compare(canvas, picture(steps[frame]!).data)).toBe(0);
    }
  });

  test('holds what changed only', async () => {
    const encoder = new ClipEncoder(30);
    encoder.add(picture(0), caption(0));
    encoder.add(picture(0), caption(1));
    encoder.add(picture(1), caption(2));
    const { frames } = encoder.finish();
    expect(frames).toEqual([
      [0, 0, 20, 12, 2, 0, 0],
      [0, 0, 0, 0, 2, 1, 0.5],
      [0, 0, 5, 5, 2, 2, 1],
    ]);
  });
});

describe('a film', () => {
  const shown = (film: NonNullable<ReturnType<FilmRecorder['finish']>>) => film.clips.flatMap((clip) => [...pictures(clip)].map(([, { step }]) => step));

  test('of a short episode has all of it', () => {
    const recorder = new FilmRecorder(30);
    for (let step = 0; step < 100; step++) recorder.add(picture(step), caption(step));
    const film = recorder.finish()!;
    expect(film.stride).toBe(1);
    expect(shown(film)).toEqual(Array.from({ length: 100 }, (_, step) => step));
  });

  test('of a long one has every second, fourth, … picture, as they were', () => {
    const recorder = new FilmRecorder(30, { clips: 4, characters: 1e6 });
    for (let step = 0; step < 500; step++) recorder.add(picture(step), caption(step));
    const film = recorder.finish()!;
    expect(film.stride).toBe(8);
    expect(shown(film)).toEqual(Array.from({ length: 63 }, (_, i) => i * 8));
    for (const clip of film.clips) for (const [{ data }, { step }] of pictures(clip)) expect(Buffer.compare(data, picture(step).data)).toBe(0);
  });

  test('of pictures that hardly compress stays small too', () => {
    const recorder = new FilmRecorder(30, { clips: 64, characters: 300_000 });
    for (let step = 0; step < 150; step++) recorder.add(noise(step), caption(step));
    const film = recorder.finish()!;
    expect(film.clips.reduce((sum, { pixels }) => sum + pixels.length, 0)).toBeLessThan(700_000);
    expect(shown(film).every((step, i) => step === i * film.stride)).toBe(true);
  });

  test('goes on where pictures change their size', () => {
    const recorder = new FilmRecorder(30);
    recorder.add(picture(0), caption(0));
    recorder.add(picture(1, [30, 20]), caption(1));
    expect(recorder.finish()!.clips.map(({ width, height }) => [width, height])).toEqual([
      [20, 12],
      [30, 20],
    ]);
  });

  test('without pictures is none', () => {
    expect(new FilmRecorder(30).finish()).toBeNull();
  });
});
