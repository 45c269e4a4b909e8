import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bundled } from '../../../../fixtures/bundled.js';

const program = fileURLToPath(bundled(new URL('../../fixtures/left-open.ts', import.meta.url)));
const manners = ['next', 'built', 'break', 'trained', 'thrown', 'disposed', 'aborted', 'evaluated'];
const said: Record<string, string> = { thrown: 'enough\n', disposed: 'DisposedError\n' };

/** A program that does not end within a minute is ended, and the promise rejects. */
const run = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args], { timeout: 60_000, killSignal: 'SIGKILL' });

describe.each(['a3c', 'a2c', 'ppo'])('a program that leaves %s with workers ends', (algorithm) => {
  test.each(manners)('%s', { timeout: 90_000 }, async (manner) => {
    const { stdout } = await run(algorithm, manner);
    expect(stdout).toBe(`${said[manner] ?? ''}left\n`);
  });
});

test('a program that leaves environments with workers ends', { timeout: 90_000 }, async () => {
  expect((await run('env')).stdout).toBe('left\n');
});
