import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidOptionsError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { abandonRun } from '../../fixtures/abandon-run.js';
import { compareRuns } from '../compare/compare-runs.js';
import { scratchFolder } from '../files/scratch-folder.js';
import type { PageData } from '../watch/page-data.js';
import { createRun } from './create-run.js';
import { readRun } from './read-run.js';
import type { RunOptions } from './run-options.js';

const pageOf = (directory: string): PageData => JSON.parse(/application\/json">(.*?)<\/script>/.exec(readFileSync(join(directory, 'run.html'), 'utf8'))![1]!);

/** A run of so many updates, a second each. */
function runOf(updates: readonly number[], options: Partial<RunOptions> = {}) {
  let time = 0;
  const directory = options.directory ?? scratchFolder();
  const run = createRun({ directory, now: () => time, startedAt: new Date('2026-01-02T03:04:05Z'), ...options });
  for (const update of updates) {
    time += 1000;
    run.record({ step: update * 100, episodes: update * 3, updates: update, meanReturn: update === 1 ? Number.NaN : 50 - (update - 4) ** 2, meanLength: 9 });
  }
  return { run, directory };
}

/** An agent that counts to five; whoever plays it is told how often it acted. */
function counter() {
  const told = { actions: 0 };
  const policy = {
    rng: Rng.fromSeed(1),
    session: () => ({ act: () => ++told.actions, reset: () => {} }),
  };
  let step = 0;
  const picture = () => ({ width: 2, height: 1, data: new Uint8Array(6).fill(step) });
  const env = {
    reset: () => (step = 0),
    step: () => ({ obs: ++step, reward: 2, terminated: step === 5, truncated: false }),
    render: picture,
  };
  return { learner: { policy }, env, told };
}

describe('run.html', () => {
  test('says the same as a comparison, also of a run that was resumed', async () => {
    const { directory } = runOf([1, 2, 3, 4, 5, 6], { config: { seed: 7, encoder: { units: [8] }, limit: Number.POSITIVE_INFINITY } });
    abandonRun(directory);
    const { run } = runOf([5, 6, 7], { directory, resume: true, start: 400 });
    await run.finish({ evaluation: { meanReturn: 44 } });
    const { status, settings, result, start } = pageOf(directory);
    const [summary] = compareRuns([readRun(directory)]).runs;
    expect(status).toEqual({
      phase: summary!.status,
      step: summary!.steps,
      elapsed: summary!.seconds,
      rate: summary!.stepsPerSecond,
      meanReturn: summary!.finalReturn,
      bestReturn: summary!.bestReturn,
      episodes: 21,
      updates: 7,
    });
    expect([status.step, status.elapsed, status.bestReturn, start]).toEqual([700, 7, 50, 0]);
    expect(settings.slice(0, 3)).toEqual([
      ['seed', '7'],
      ['units', '[8]'],
      ['started at', '2026-01-02T03:04:05.000Z'],
    ]);
    expect(result).toEqual([['evaluation.meanReturn', '44']]);
    expect(pageOf(directory).curves.steps).toEqual([100, 200, 300, 400, 500, 600, 700]);
  });

  test('of a run that was stopped, and of one that failed', async () => {
    const stopped = runOf([1, 2]);
    await stopped.run.finish({}, { status: 'stopped' });
    expect(pageOf(stopped.directory)).toMatchObject({ status: { phase: 'stopped', step: 200 }, note: '', film: null });
    const failed = runOf([1, 2]);
    const { learner, env, told } = counter();
    failed.run.play(learner, env);
    await failed.run.fail(new RangeError('gradients are not finite'));
    expect(pageOf(failed.directory)).toMatchObject({ status: { phase: 'failed', step: 200 }, note: 'RangeError: gradients are not finite', film: null });
    expect(told.actions).toBe(0);
  });

  test('plays one episode, after training, and warns where that fails', async () => {
    const { run, directory } = runOf([1]);
    const { learner, env, told } = counter();
    run.play(learner, env, { fps: 50 });
    expect(told.actions).toBe(0);
    await run.finish();
    expect(told.actions).toBe(5);
    const { film } = pageOf(directory);
    expect(film!.clips.map(({ fps, frames }) => [fps, frames.length, frames.at(-1)!.slice(4)])).toEqual([[50, 6, [1, 5, 10]]]);
    const warnings: string[] = [];
    const failing = runOf([1], { warn: (message) => warnings.push(message) });
    const broken = { ...env, reset: () => { throw new Error('no picture today'); } }; // biome-ignore format: short
    failing.run.play(learner, broken);
    await failing.run.finish({ solved: false });
    expect(warnings).toEqual(['The agent cannot be shown: no picture today']);
    expect(pageOf(failing.directory)).toMatchObject({ film: null, result: [['solved', 'false']] });
  });

  test('refuses an environment that normalises', () => {
    const { learner, env } = counter();
    expect(() => runOf([]).run.play(learner, { ...env, normalization: {} })).toThrow(InvalidOptionsError);
    expect(() => runOf([]).run.play(learner, env, { fps: 0 })).toThrow('run.play: got fps: 0;');
  });
});
