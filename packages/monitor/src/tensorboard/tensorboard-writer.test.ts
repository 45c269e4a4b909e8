import { readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { DisposedError, InvalidOptionsError, InvalidShapeError, type Picture } from '@pg/core';
import { decodeFrames } from 'modern-gif';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { readWithProtobufjs } from '../../fixtures/read-with-protobufjs.js';
import { scratchFolder } from '../files/scratch-folder.js';
import { toMetrics } from '../metrics/to-metrics.js';
import { tensorboardWriter } from './tensorboard-writer.js';

const now = () => 1_700_000_000_250;
const open = (options = {}) => tensorboardWriter(scratchFolder(), { now, ...options });
const update = { step: 5000, episodes: 12, meanReturn: 21.5, meanLength: 30, updates: 3, entropy: 0.5, valueLoss: 1.25 };

function picture(shade: number): Picture {
  return { width: 3, height: 2, data: new Uint8Array(18).fill(shade) };
}

describe('tensorboardWriter', () => {
  test('begins with the version, in a file that TensorBoard finds', async () => {
    const folder = join(scratchFolder(), 'runs', 'a');
    const board = tensorboardWriter(folder, { now });
    await board.close();
    expect(readdirSync(folder)).toEqual([`events.out.tfevents.1700000000.${hostname()}.${process.pid}.0`]);
    expect(board.path).toBe(join(folder, readdirSync(folder)[0]!));
    expect(readWithProtobufjs(board.path)).toEqual([{ wallTime: 1_700_000_000.25, fileVersion: 'brain.Event:2' }]);
  });

  test('writes the scalars of a row under their names, without the counters', () => {
    const board = open();
    board.write(toMetrics(update, { elapsedSeconds: 2 }));
    const [, event] = readWithProtobufjs(board.path);
    expect(event).toEqual({
      wallTime: 1_700_000_000.25,
      step: 5000,
      summary: {
        value: [
          { tag: 'time/fps', simpleValue: 2500 },
          { tag: 'rollout/ep_rew_mean', simpleValue: 21.5 },
          { tag: 'rollout/ep_len_mean', simpleValue: 30 },
          { tag: 'train/entropy_loss', simpleValue: -0.5 },
          { tag: 'train/value_loss', simpleValue: 1.25 },
        ],
      },
    });
  });

  test('writes steps beyond 32 bits, names of any script, and leaves out what is not finite', () => {
    const board = open();
    board.write({ 'time/total_timesteps': 2 ** 52 + 1, 'träin/λ': 0.1, nothing: Number.NaN });
    board.write({ 'time/total_timesteps': 7, nothing: Number.POSITIVE_INFINITY });
    const events = readWithProtobufjs(board.path);
    expect(events).toHaveLength(2);
    expect(events[1]).toMatchObject({ step: 2 ** 52 + 1, summary: { value: [{ tag: 'träin/λ', simpleValue: Math.fround(0.1) }] } });
  });

  test('writes histograms, one event for all of them', () => {
    const board = open();
    board.histograms(
      'parameters',
      [
        { name: 'trunk.0.weight', values: Float32Array.of(-1, 0, 0, 2) },
        { name: 'empty', values: [] },
        { name: 'bias', values: [0.5] },
      ],
      64,
    );
    const events = readWithProtobufjs(board.path);
    expect(events).toHaveLength(2);
    expect(events[1]!.step).toBe(64);
    const [weight, bias] = events[1]!.summary!.value;
    expect(weight).toMatchObject({ tag: 'parameters/trunk.0.weight', histo: { min: -1, max: 2, num: 4, sum: 1, sumSquares: 5 } });
    expect(weight!.histo!.bucket.filter((count) => count > 0)).toEqual([1, 2, 1]);
    expect(weight!.histo!.bucketLimit).toHaveLength(weight!.histo!.bucket.length);
    expect(bias).toMatchObject({ tag: 'parameters/bias', histo: { num: 1 } });
  });

  test('writes a picture as PNG', () => {
    const board = open();
    board.image('episode', picture(77), 10);
    const { tag, image } = readWithProtobufjs(board.path)[1]!.summary!.value[0]!;
    expect([tag, image!.width, image!.height, image!.colorspace]).toEqual(['episode', 3, 2, 3]);
    const png = PNG.sync.read(image!.encodedImageString);
    expect([png.width, png.height, ...png.data.subarray(0, 4)]).toEqual([3, 2, 77, 77, 77, 255]);
  });

  test('writes an animation as GIF', () => {
    const board = open();
    board.animation('episode', [picture(1), picture(2), picture(3)], { step: 10, fps: 10 });
    const { image } = readWithProtobufjs(board.path)[1]!.summary!.value[0]!;
    expect([image!.width, image!.height]).toEqual([3, 2]);
    expect(decodeFrames(new Uint8Array(image!.encodedImageString)).map(({ data, delay }) => [data[0], delay])).toEqual([
      [1, 100],
      [2, 100],
      [3, 100],
    ]);
  });

  test('a resumed run begins another file, and takes back later steps', async () => {
    const folder = scratchFolder();
    const before = tensorboardWriter(folder, { now });
    await before.close();
    const board = tensorboardWriter(folder, { now, resumeAt: 4000 });
    expect(readdirSync(folder).sort()).toEqual([before.path, board.path].map((path) => basename(path)));
    expect(readWithProtobufjs(board.path)[1]).toEqual({ wallTime: 1_700_000_000.25, step: 4001, sessionLog: { status: 'START' } });
  });

  test('refuses a row without steps, a wrong picture, anything after close', async () => {
    const board = open();
    expect(() => board.write({ loss: 1 })).toThrow(InvalidOptionsError);
    expect(() => board.write({ loss: 1 })).toThrow('tensorboardWriter.write: got a row with time/total_timesteps: undefined;');
    expect(() => board.image('a', { width: 2, height: 2, data: new Uint8Array(1) }, 1)).toThrow(InvalidShapeError);
    expect(() => board.animation('a', [], { step: 1 })).toThrow(InvalidOptionsError);
    expect(() => board.animation('a', [picture(0)], 10 as never)).toThrow(
      'got options: 10; expected the step and how it plays. Call animation(tag, pictures, { step, fps }).',
    );
    expect(() => board.histograms('a', [{ name: 'b', values: [1] }], Number.NaN)).toThrow('tensorboardWriter.histograms: got step: NaN');
    await board.close();
    await board.close();
    expect(() => board.image('a', picture(0), 1)).toThrow(DisposedError);
    expect(() => open({ resumeAt: -1 })).toThrow(InvalidOptionsError);
  });
});
