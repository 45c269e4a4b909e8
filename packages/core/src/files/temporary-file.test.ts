import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { bundled } from '../../../../fixtures/bundled.js';
import { scratchFolder } from '../../fixtures/scratch-folder.js';
import { beginReplacement, writeFileAtomically, writeFileAtomicallySync } from './replace-file.js';

const program = () => fileURLToPath(bundled(new URL('../../fixtures/write-and-die.ts', import.meta.url)));
const temporaries = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.tmp'));

/** A process that is in the middle of writing a file. */
async function writer(path: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program(), path], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test.each([
  ['writeFileAtomically', (path: string) => writeFileAtomically('test', path, new Uint8Array(1))],
  ['writeFileAtomicallySync', async (path: string) => writeFileAtomicallySync('test', path, 'x')],
])('%s removes what killed processes have left in the folder, and nothing of those that live', async (_, write) => {
  const folder = scratchFolder();
  const [dead, alive] = await Promise.all([writer(join(folder, 'a')), writer(join(folder, 'b'))]);
  const own = beginReplacement('test', join(folder, 'c'));
  const others = ['a.1234.tmp', 'notes.tmp', 'a.pg-1.tmp', 'a.pg-x-00000000-00000000-0.tmp'];
  for (const name of others) writeFileSync(join(folder, name), 'not ours');
  await write(join(folder, 'd'));
  expect(temporaries(folder)).toHaveLength(3 + others.length);
  await kill(dead);
  await write(join(folder, 'd'));
  expect(temporaries(folder)).toHaveLength(2 + others.length);
  expect(temporaries(folder).some((name) => name.startsWith(`b.pg-${alive.pid}-`))).toBe(true);
  expect(existsSync(own.path)).toBe(true);
  own.discard();
  await kill(alive);
  await write(join(folder, 'd'));
  expect(temporaries(folder)).toEqual(others.sort());
});

test('what is in the way of sweeping does not stop a save', async () => {
  const folder = scratchFolder();
  const path = join(folder, 'file');
  await kill(await writer(path));
  const [left] = temporaries(folder);
  // a folder of that name cannot be removed as a file
  renameSync(join(folder, left!), join(folder, 'away'));
  const { mkdirSync } = await import('node:fs');
  mkdirSync(join(folder, left!));
  writeFileAtomicallySync('test', path, 'new');
  expect(readdirSync(folder).sort()).toEqual(['away', 'file', left].sort());
});

test('a number that belongs to another process now is no reason to keep a file', async ({ skip }) => {
  if (process.platform !== 'linux') skip('only Linux says when a process began');
  const folder = scratchFolder();
  const alive = await writer(join(folder, 'a'));
  const [name] = temporaries(folder);
  const earlier = name!.replace(/-[0-9a-f]{8}-/, '-12345678-');
  writeFileSync(join(folder, earlier), 'of an earlier process with this number');
  writeFileAtomicallySync('test', join(folder, 'file'), 'new');
  expect(temporaries(folder)).toEqual([name]);
  await kill(alive);
});

test('files of another machine or container stay until nothing was written to them for an hour', () => {
  const folder = scratchFolder();
  const own = beginReplacement('test', join(folder, 'a'));
  const far = join(folder, basename(own.path).replace(/-[0-9a-f]{8}-(\d+)\.tmp$/, '-12345678-$1.tmp'));
  own.discard();
  writeFileSync(far, 'half');
  const { mtimeMs } = statSync(far);
  for (const [minutes, stays] of [
    [0, true],
    [59, true],
    [61, false],
  ] as const) {
    const then = mtimeMs / 1000 - minutes * 60;
    utimesSync(far, then, then);
    writeFileAtomicallySync('test', join(folder, 'file'), 'new');
    expect(existsSync(far)).toBe(stays);
  }
});
