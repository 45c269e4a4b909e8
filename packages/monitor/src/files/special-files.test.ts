import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnavailableError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { csv } from '../metrics/csv.js';
import { jsonLines } from '../metrics/json-lines.js';
import { gifRecorder } from '../recordings/gif-recorder.js';
import { mp4Recorder } from '../recordings/mp4-recorder.js';
import { writePng } from '../recordings/write-png.js';
import { readRun } from '../runs/read-run.js';
import { readTensorboard } from '../tensorboard/read-tensorboard.js';
import { scratchFolder } from './scratch-folder.js';

const picture = { width: 1, height: 1, data: new Uint8Array(3) };
const writers: [string, (path: string) => unknown][] = [
  ['csv', (path) => csv(path)],
  ['csv that goes on', (path) => csv(path, { append: true })],
  ['jsonLines', (path) => jsonLines(path)],
  ['writePng', (path) => writePng(path, picture)],
  [
    'gifRecorder',
    (path) => {
      const recorder = gifRecorder(path);
      recorder.add(picture);
      recorder.save();
    },
  ],
  ['mp4Recorder', (path) => mp4Recorder(path).add(picture)],
];

describe.each(writers)('%s', (_, write) => {
  test('refuses a pipe and a device, and says what they are', async () => {
    const folder = scratchFolder();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const [path, words] of [
      [join(folder, 'pipe'), 'a pipe (FIFO)'],
      ['/dev/null', 'a character device'],
    ]) {
      const written = (async () => write(path!))();
      await expect(written).rejects.toThrow(UnavailableError);
      await expect(written).rejects.toThrow(`got "${path}", which is ${words}; expected a regular file`);
    }
    expect(readdirSync(folder)).toEqual(['pipe']);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

test('a picture is written through a link, and keeps the permissions', () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'target.png'), 'old', { mode: 0o600 });
  symlinkSync('target.png', join(folder, 'link.png'));
  writePng(join(folder, 'link.png'), picture);
  expect(readlinkSync(join(folder, 'link.png'))).toBe('target.png');
  expect(readFileSync(join(folder, 'target.png')).subarray(1, 4).toString()).toBe('PNG');
  expect(statSync(join(folder, 'target.png')).mode & 0o777).toBe(0o600);
});

test('readers refuse a pipe at once', () => {
  const folder = scratchFolder();
  execFileSync('mkfifo', [join(folder, 'events.out.tfevents.1')]);
  expect(() => readTensorboard(folder)).toThrow('which is a pipe (FIFO); expected a regular file');
  expect(() => readTensorboard(join(folder, 'events.out.tfevents.1'))).toThrow('which is a pipe (FIFO); expected a regular file');
  const run = join(folder, 'run');
  mkdirSync(run);
  execFileSync('mkfifo', [join(run, 'config.json')]);
  expect(() => readRun(run)).toThrow('config.json", which is a pipe (FIFO); expected a regular file');
  expect(existsSync(join(run, 'config.json'))).toBe(true);
});
