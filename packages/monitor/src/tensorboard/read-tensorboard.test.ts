import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InvalidFileError, InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
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
