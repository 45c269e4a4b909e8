import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InvalidFileError, InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { compareRuns } from '../compare/compare-runs.js';
import { scratchFolder } from '../files/scratch-folder.js';
import { createRun } from '../runs/create-run.js';
import { readRun } from '../runs/read-run.js';
import { scalarValue, summaryEvent } from './event.js';
import { readTensorboard } from './read-tensorboard.js';
import { tensorboardWriter } from './tensorboard-writer.js';
import { encodeRecord } from './tf-record.js';

const now = () => 5000;

/** Three rows and a histogram. */
function written(folder = scratchFolder()) {
  const board = tensorboardWriter(folder, { now });
  for (const step of [100, 200, 300]) board.write({ 'time/total_timesteps': step, loss: step / 8, 'time/fps': 1 });
  board.histograms('parameters', [{ name: 'w', values: [1] }], 300);
  return { folder, path: board.path };
}

const steps = (path: string, tag = 'loss') => readTensorboard(path).scalars[tag]!.map(({ step }) => step);

describe('readTensorboard', () => {
  test('reads back what was written, from a file or its folder', () => {
    const { folder, path } = written();
    const read = readTensorboard(path);
    expect(Object.keys(read.scalars)).toEqual(['loss', 'time/fps']);
    expect(read.scalars.loss).toEqual([100, 200, 300].map((step) => ({ step, wallTime: 5, value: step / 8 })));
    expect(read.warnings).toEqual([]);
    expect(readTensorboard(folder)).toEqual(read);
  });

  test('leaves out what a resumed run has made again, and keeps the step it goes on from', () => {
    const { folder } = written();
    const resumed = tensorboardWriter(folder, { now: () => 9000, resumeAt: 200 });
    resumed.write({ 'time/total_timesteps': 250, loss: 1 });
    expect(steps(folder)).toEqual([100, 200, 250]);
    // the clock was set back
    const again = tensorboardWriter(folder, { now: () => 1000, resumeAt: 200 });
    again.write({ 'time/total_timesteps': 210, loss: 1 });
    expect(steps(folder)).toEqual([100, 200, 210]);
  });

  test('leaves out a record that was cut off, wherever that was, and says so', () => {
    const { path } = written();
    const size = readFileSync(path).length;
    for (const cut of [1, 4, 20, size - 47]) {
      truncateSync(path, size - cut);
      expect(readTensorboard(path).warnings).toEqual([`${basename(path)} ends within a record, which is left out.`]);
    }
    expect(readTensorboard(path).scalars).toEqual({});
  });

  test('names the byte at which a file is damaged', () => {
    const { path } = written();
    const file = readFileSync(path);
    const second = 16 + Number(file.readBigUInt64LE(0));
    for (const at of [second + 2, second + 20]) {
      const damaged = Buffer.from(file);
      damaged[at]! ^= 1;
      writeFileSync(path, damaged);
      expect(() => readTensorboard(path)).toThrow(InvalidFileError);
      expect(() => readTensorboard(path)).toThrow(`with a wrong checksum in the record at byte ${second};`);
    }
  });

  test('refuses records that are no events, and folders without any', () => {
    const { path } = written();
    appendFileSync(path, encodeRecord(Uint8Array.of(0x0b, 1)));
    expect(() => readTensorboard(path)).toThrow('with a record that is no event');
    expect(() => readTensorboard(join(scratchFolder(), 'none'))).toThrow(InvalidOptionsError);
    expect(() => readTensorboard(scratchFolder())).toThrow('without an event file');
  });
});

/** Made by fixtures/tf2-events.py with TensorBoard's own protocol buffers. */
const tensorflow2 = join(import.meta.dirname, '../../fixtures/tf2.tfevents');

describe('readTensorboard on files of TensorFlow 2', () => {
  test('reads tensors of one number, whatever their type and however they are encoded', () => {
    const { scalars } = readTensorboard(tensorflow2);
    const last = Object.fromEntries(Object.entries(scalars).map(([tag, points]) => [tag, points.at(-1)!.value]));
    expect(last).toEqual({
      loss: Number.NaN,
      double: 1.5,
      double_content: -2.5,
      int32: -3,
      int64: -4,
      int64_content: -5,
      uint8: 200,
      half: 1.5,
      bfloat16: 3,
      bool: 1,
      zero: 0,
      uint64: 7,
      no_metadata: 9,
      before: 1,
    });
    expect(scalars.loss!.map(({ step, wallTime, value }) => [step, wallTime, value])).toEqual([
      [0, 100, 0.5],
      [1, 101, 0.25],
      [2, 102, Number.NaN],
    ]);
    expect(scalars.before![0]!.step).toBe(-1);
  });

  test('warns of what is not read, once a tag, and of nothing that is shown elsewhere', () => {
    expect(readTensorboard(tensorflow2).warnings).toEqual([
      '"odd" is not read: it is of the plugin "own_plugin".',
      '"name" is not read: it is a tensor that is not one number.',
    ]);
    expect(readTensorboard(written().folder).warnings).toEqual([]);
  });
});

test('a run whose rows come from event files has no NaN in them', () => {
  const directory = scratchFolder();
  createRun({ directory });
  rmSync(join(directory, 'metrics.jsonl'));
  const board = tensorboardWriter(directory, { now });
  for (const step of [100, 200]) board.write({ 'time/total_timesteps': step, 'rollout/ep_rew_mean': step / 2 });
  appendFileSync(board.path, encodeRecord(summaryEvent({ wallTime: 5, step: 300 }, [scalarValue('rollout/ep_rew_mean', Number.NaN)])));
  const run = readRun(directory);
  expect(run.metrics.map((row) => row['rollout/ep_rew_mean'])).toEqual([50, 100, undefined]);
  expect(compareRuns([run]).runs[0]).toMatchObject({ steps: 300, bestReturn: 100, finalReturn: 100 });
});
