import { DisposedError, InvalidOptionsError, InvalidShapeError, type Picture, parseOptions, requirePicture, type WithAsyncDispose } from '@pg/core';
import { beginReplacement, type Replacement } from '@pg/core/files';
import * as z from 'zod/mini';
import { requirePath } from '../checks/require.js';
import { type Encoder, startFfmpeg } from './ffmpeg.js';

/** How a video is made. */
export interface Mp4Options {
  /** Frames a second. Default 30. A CartPole runs at 50 in real time. */
  readonly fps?: number;
  /** Pixels of the video for each pixel of a picture, a whole number: small pictures stay sharp when they are enlarged. Default 1. */
  readonly scale?: number;
  /** The program that encodes. Default "ffmpeg", wherever the system finds it. */
  readonly ffmpeg?: string;
}

/** Collects pictures for a video. */
export interface Mp4Recorder extends WithAsyncDispose {
  /** How many pictures there are. */
  readonly frames: number;
  /**
   * Adds the next picture; it is encoded while the program goes on. Await it, so that no more pictures are waiting than ffmpeg can take.
   *
   * @throws InvalidShapeError when it is of another size than the first; DisposedError after `save()`; UnavailableError without ffmpeg
   */
  add(picture: Picture): Promise<void>;
  /**
   * Waits for the file, which is there as a whole or not at all; an old file is replaced. A second call does nothing.
   *
   * @throws InvalidOptionsError when there is no picture; UnavailableError when there is no ffmpeg, or it refuses
   */
  save(): Promise<void>;
}

const schema = z.strictObject({
  fps: z._default(z.number().check(z.gt(0), z.lte(240)), 30),
  scale: z._default(z.int().check(z.gte(1), z.lte(16)), 1),
  ffmpeg: z._default(z.string().check(z.minLength(1)), 'ffmpeg'),
});

/**
 * Records an episode as an MP4 video (H.264), picture by picture, with the ffmpeg that is installed. Without one, `gifRecorder` needs nothing. What is never
 * saved leaves no file behind: it is dropped when the program ends, or with `await using` when the recorder goes out of scope.
 *
 * @param path - the file to write; missing folders are made
 * @throws InvalidOptionsError for options out of range
 *
 * @example
 * ```ts
 * const recorder = mp4Recorder('episode.mp4', { fps: 50 });
 * await recorder.add(env.render()); // after each step
 * await recorder.save();
 * ```
 */
export function mp4Recorder(path: string, options: Mp4Options = {}): Mp4Recorder {
  requirePath('mp4Recorder', path);
  const settings = parseOptions('mp4Recorder', schema, options);
  let started: { readonly encoder: Encoder; readonly file: Replacement; readonly width: number; readonly height: number } | undefined;
  let frames = 0;
  let saved: Promise<void> | undefined;
  const start = ({ width, height }: Picture) => {
    const file = beginReplacement('mp4Recorder', path);
    process.once('exit', drop);
    const encoder = startFfmpeg('mp4Recorder', { ...settings, width, height, path: file.path });
    return { encoder, file, width, height };
  };
  const drop = () => {
    process.off('exit', drop);
    started?.encoder.kill();
    started?.file.discard();
  };
  const finish = async () => {
    if (started === undefined) throw noPictures();
    try {
      await started.encoder.end();
      started.file.commit();
    } finally {
      drop();
    }
  };
  return {
    get frames() {
      return frames;
    },
    async add(picture) {
      requirePicture('mp4Recorder.add', picture);
      if (saved !== undefined) throw alreadySaved(path);
      started ??= start(picture);
      if (picture.width !== started.width || picture.height !== started.height) throw otherSize(picture, started);
      frames++;
      // A copy: environments draw the next picture into the same bytes.
      await started.encoder.write(picture.data.slice());
    },
    save() {
      saved ??= finish();
      return saved;
    },
    async [Symbol.asyncDispose]() {
      saved ??= Promise.resolve(drop());
      await saved.catch(() => undefined);
    },
  };
}

function noPictures(): InvalidOptionsError {
  return new InvalidOptionsError({ where: 'mp4Recorder.save', got: 'no pictures', expected: 'at least one', remedy: 'Add pictures before saving.' });
}

function otherSize({ width, height }: Picture, first: { readonly width: number; readonly height: number }): InvalidShapeError {
  return new InvalidShapeError({
    where: 'mp4Recorder.add',
    got: `a picture of ${width}×${height}`,
    expected: `${first.width}×${first.height} as the first one`,
    remedy: 'Make a recorder for each size.',
  });
}

function alreadySaved(path: string): DisposedError {
  return new DisposedError({
    where: 'mp4Recorder.add',
    got: `a picture for "${path}" after save()`,
    expected: 'all pictures before save()',
    remedy: 'Make a new recorder for the next recording.',
  });
}
