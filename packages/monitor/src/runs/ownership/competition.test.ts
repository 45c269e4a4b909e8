import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { bundled } from '../../../../../fixtures/bundled.js';
import { abandonRun } from '../../../fixtures/abandon-run.js';
import { scratchFolder } from '../../files/scratch-folder.js';
import { createRun } from '../create-run.js';
import { readRun } from '../read-run.js';

/** What came of opening a run. */
interface Outcome {
  readonly directory?: string;
  readonly error?: string;
}

/** Lets processes open runs at the same moment. */
async function compete(count: number, mode: string, folder: string): Promise<{ outcomes: Outcome[]; children: ChildProcess[] }> {
  const program = fileURLToPath(bundled(new URL('../../../fixtures/compete.ts', import.meta.url)));
  const children = Array.from({ length: count }, () => fork(program, [mode, folder]));
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  await Promise.all(children.map((child) => once(child, 'message')));
  const answers = children.map((child) => once(child, 'message'));
  for (const child of children) child.send('go');
  return { outcomes: (await Promise.all(answers)).map(([outcome]) => outcome as Outcome), children };
}

test('of 24 processes that ask for a free folder at once, each gets one', async () => {
  const { outcomes } = await compete(24, 'free', scratchFolder());
  expect(outcomes.map(({ error }) => error)).toEqual(Array(24).fill(undefined));
  const names = outcomes.map(({ directory }) => basename(directory!));
  expect(names.sort()).toEqual(['run', ...Array.from({ length: 23 }, (_, at) => `run-${at + 2}`)].sort());
}, 60_000);

test.each(['resume', 'overwrite'])(
  'of several processes that %s an interrupted run at once, one gets it; when it is killed, the next one does',
  async (mode) => {
    const directory = scratchFolder();
    createRun({ directory }).record({ step: 500, episodes: 5, meanReturn: 21, meanLength: 21 });
    abandonRun(directory);
    const { outcomes, children } = await compete(8, mode, directory);
    const refused = outcomes.flatMap(({ error }) => error ?? []);
    expect(refused).toHaveLength(7);
    for (const message of refused)
      expect(message).toMatch(/^createRun: got the run .*, which process \d+ is working on; expected a run that has ended or was interrupted\./);
    expect(readRun(directory).status).toBe('running');
    const winner = children[outcomes.findIndex(({ error }) => error === undefined)]!;
    winner.kill('SIGKILL');
    await once(winner, 'exit');
    expect(readRun(directory).status).toBe('interrupted');
    expect(createRun({ directory, [mode]: true }).directory).toBe(directory);
  },
  60_000,
);
