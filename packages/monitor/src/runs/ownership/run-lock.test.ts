import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidOptionsError } from '@pg/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { changeOwner } from '../../../fixtures/abandon-run.js';
import { scratchFolder } from '../../files/scratch-folder.js';
import { createRun } from '../create-run.js';
import { readRun } from '../read-run.js';

const update = { step: 500, episodes: 5, meanReturn: 21, meanLength: 21 };
const ways = [{}, { overwrite: true }, { resume: true }] as const;

function begin(program: string, ...args: string[]): number {
  const child = spawn(program, args, { stdio: 'ignore' });
  onTestFinished(() => void child.kill());
  return child.pid!;
}

/** A run at work, with one row. */
function runningRun() {
  const directory = scratchFolder();
  const run = createRun({ directory });
  run.record(update);
  return { directory, run };
}

const rows = (directory: string) => readFileSync(join(directory, 'metrics.jsonl'), 'utf8').split('\n').length - 1;

describe('a run folder has one owner', () => {
  test.each(ways)('who is of this process: %j is refused, and nothing changes', async (way) => {
    const { directory, run } = runningRun();
    expect(() => createRun({ directory, ...way })).toThrow(InvalidOptionsError);
    if ('overwrite' in way || 'resume' in way) {
      expect(() => createRun({ directory, ...way })).toThrow(
        `createRun: got the run "${directory}", which this process is working on already; expected a run that has ended or was interrupted. ` +
          `End it first (await run.finish() or run.fail(error)). If nobody works on the run any more, remove the folder "${join(directory, 'run.lock')}".`,
      );
    }
    run.record(update);
    expect(rows(directory)).toBe(2);
    expect(readdirSync(directory).sort()).toEqual(['config.json', 'metrics.jsonl', 'run.lock']);
    await run.finish();
    expect(existsSync(join(directory, 'run.lock'))).toBe(false);
    if ('overwrite' in way || 'resume' in way) expect(createRun({ directory, ...way }).directory).toBe(directory);
  });

  test.each(ways)('who is another process: %j is refused', (way) => {
    const { directory } = runningRun();
    const id = begin(process.execPath, '-e', 'setInterval(() => {}, 1000)');
    changeOwner(directory, { id, start: undefined });
    expect(readRun(directory).status).toBe('running');
    expect(() => createRun({ directory, ...way })).toThrow(InvalidOptionsError);
    if ('resume' in way) expect(() => createRun({ directory, ...way })).toThrow(`which process ${id} is working on; expected a run that has ended`);
    expect(rows(directory)).toBe(1);
  });

  test('who is gone when its number belongs to another process now', ({ skip }) => {
    if (process.platform !== 'linux') skip('only Linux says when a process began');
    const { directory } = runningRun();
    changeOwner(directory, { id: begin(process.execPath, '-e', 'setInterval(() => {}, 1000)') });
    expect(readRun(directory)).toMatchObject({ status: 'interrupted', warnings: [] });
    expect(createRun({ directory, resume: true }).directory).toBe(directory);
  });

  test.each([
    ['of a boot before this one', { boot: 'another', since: '2001-01-01T00:00:00.000Z' }, 'interrupted'],
    ['of a system that knows no boots, before this one', { boot: undefined, since: '2001-01-01T00:00:00.000Z' }, 'interrupted'],
    ['whose file a power cut has emptied', undefined, 'interrupted'],
    ['of another machine', { host: 'far-away' }, 'running'],
    ['of another machine with this name', { boot: 'another' }, 'running'],
    ['of another container', { namespace: 'pid:[1]' }, 'running'],
  ])('who is %s', (_, owner, status) => {
    const { directory } = runningRun();
    const [name] = readdirSync(join(directory, 'run.lock'));
    if (owner) changeOwner(directory, owner);
    else writeFileSync(join(directory, 'run.lock', name!), '');
    expect(readRun(directory).status).toBe(status);
    if (status === 'interrupted') expect(createRun({ directory, resume: true }).directory).toBe(directory);
    else expect(() => createRun({ directory, resume: true })).toThrow('of which nothing is known here');
  });

  test('of whom nothing is known: machine and silence are told, and how to go on', () => {
    const { directory } = runningRun();
    changeOwner(directory, { host: 'far-away', id: 12 });
    const before = Date.now() / 1000 - 5 * 3600;
    for (const name of ['metrics.jsonl', 'run.lock']) utimesSync(join(directory, name), before, before);
    const owner = 'belongs to process 12 on "far-away", of which nothing is known here, and which last wrote 5 hours ago';
    const remedy = `remove the folder "${join(directory, 'run.lock')}"`;
    expect(readRun(directory).warnings).toEqual([`The run ${owner}. If it has ended, ${remedy}.`]);
    for (const way of [{ resume: true }, { overwrite: true }]) {
      expect(() => createRun({ directory, ...way })).toThrow(
        `got the run "${directory}", which ${owner}; expected a run that has ended or was interrupted. Wait until it ends. If nobody works on the run any more, ${remedy}.`,
      );
    }
  });

  test('a refused run keeps nothing, and a killed attempt leaves nothing for ever', () => {
    const directory = scratchFolder();
    const left = join(directory, 'run.lock.x.json.tmp');
    mkdirSync(left);
    utimesSync(left, 1, 1);
    expect(() => createRun({ directory, curve: { yLabel: 1 } as never })).toThrow(InvalidOptionsError);
    writeFileSync(join(directory, 'config.json'), '{"version":1}');
    expect(() => createRun({ directory, resume: true })).toThrow('with a wrong entry');
    expect(readdirSync(directory).sort()).toEqual(['config.json', 'run.lock.x.json.tmp']);
    createRun({ directory, overwrite: true });
    expect(readdirSync(directory).sort()).toEqual(['config.json', 'metrics.jsonl', 'run.lock']);
    expect(statSync(join(directory, 'run.lock')).isDirectory()).toBe(true);
  });
});
