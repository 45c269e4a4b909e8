import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DisposedError, UnavailableError } from '@pg/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readWithProtobufjs } from '../../fixtures/read-with-protobufjs.js';
import { scratchFolder } from '../files/scratch-folder.js';
import { createRun } from './create-run.js';
import { readRun } from './read-run.js';

/** A small disk of its own, or undefined where none can be mounted: that needs Linux and its administrator. */
function smallDisk(): string | undefined {
  const folder = join(scratchFolder(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}

/** Takes what is left of a disk, to the last byte. */
function fill(disk: string): void {
  for (let size = 65_536; size >= 1; size = Math.floor(size / 2)) {
    for (let full = false; !full; ) {
      try {
        writeFileSync(join(disk, 'filler'), Buffer.alloc(size), { flag: 'a' });
      } catch {
        full = true;
      }
    }
  }
}

const at = (step: number) => ({ step, episodes: step, meanReturn: step / 10, meanLength: 1, policyLoss: 0.123456789 });
const reason = 'needs Linux and the right to mount a file system';

describe('a full disk', () => {
  test('costs no row and does not stop training: what was refused is written when there is room again', async ({ skip }) => {
    const disk = smallDisk() ?? skip(reason);
    const warnings: string[] = [];
    const run = createRun({ directory: join(disk, 'run'), csv: true, tensorboard: true, warn: (message) => warnings.push(message) });
    run.record(at(1));
    fill(disk);
    for (let step = 2; step <= 200; step++) run.record(at(step));
    expect(warnings).toHaveLength(3);
    expect(warnings.map((warning) => /disk is full; free some space. Training goes on(.*)/.exec(warning)![1]).sort()).toEqual([
      ', and metrics.csv is written as soon as it can be.',
      ', and metrics.jsonl is written as soon as it can be.',
      ', and the event file is written as soon as it can be.',
    ]);
    rmSync(join(disk, 'filler'));
    run.record(at(201));
    await run.finish({ solved: true });
    const { metrics, status } = readRun(run.directory);
    expect(metrics.map((row) => row['time/total_timesteps'])).toEqual(Array.from({ length: 201 }, (_, row) => row + 1));
    expect(status).toBe('finished');
    expect(
      readWithProtobufjs(run.tensorboard!.path)
        .slice(1)
        .map(({ step }) => step),
    ).toEqual(Array.from({ length: 201 }, (_, row) => row + 1));
  });

  test('that stays full is an error of finish, which can be repeated and loses nothing', async ({ skip }) => {
    const disk = smallDisk() ?? skip(reason);
    const run = createRun({ directory: join(disk, 'run'), warn: () => {} });
    fill(disk);
    for (let step = 1; step <= 500; step++) run.record(at(step));
    await expect(run.finish()).rejects.toThrow(UnavailableError);
    expect(readRun(run.directory).warnings).toEqual([]);
    expect(existsSync(join(run.directory, 'result.json'))).toBe(false);
    expect(readdirSync(run.directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(() => run.record(at(501))).toThrow(DisposedError);
    await expect(run.finish()).rejects.toThrow(UnavailableError);
    rmSync(join(disk, 'filler'));
    await run.finish({ solved: true });
    const { metrics, status, result } = readRun(run.directory);
    expect([metrics.length, status, result]).toEqual([500, 'finished', { solved: true }]);
    expect(readdirSync(run.directory).sort()).toEqual(['config.json', 'curve.svg', 'metrics.jsonl', 'result.json', 'run.html']);
    await expect(run.finish()).rejects.toThrow(DisposedError);
  });
});

test('a read-only folder is refused before training', ({ skip }) => {
  const disk = smallDisk() ?? skip(reason);
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  expect(() => createRun({ directory: join(disk, 'run') })).toThrow(UnavailableError);
  expect(() => createRun({ directory: join(disk, 'run') })).toThrow('The file system is read-only; choose another folder.');
});

test('what fail cannot write it warns of', async ({ skip }) => {
  const disk = smallDisk() ?? skip(reason);
  const warnings: string[] = [];
  const run = createRun({ directory: join(disk, 'run'), warn: (message) => warnings.push(message) });
  run.record(at(1));
  fill(disk);
  await run.fail(new Error('out of luck'));
  expect(warnings.length).toBeGreaterThan(0);
  expect(readRun(run.directory).metrics).toHaveLength(1);
  rmSync(join(disk, 'filler'));
  await run.fail(new Error('out of luck'));
  expect(readRun(run.directory)).toMatchObject({ status: 'failed', error: 'Error: out of luck' });
});
