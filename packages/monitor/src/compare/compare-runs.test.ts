import { InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../runs/read-run.js';
import { compareRuns, groupCurve } from './compare-runs.js';

interface Made {
  readonly name?: string;
  readonly config?: Record<string, unknown>;
  readonly returns?: readonly number[];
  readonly status?: RunRecord['status'];
}

/** A run of 100 steps and two seconds a row. */
function record({ name = 'run', config = {}, returns = [], status = 'finished' }: Made): RunRecord {
  const session = { startedAt: '', start: 0, command: [], node: '', platform: '', cpu: '', versions: {}, git: null, process: { id: 1, host: '' } };
  const metrics = returns.map((value, row) => ({
    'time/total_timesteps': (row + 1) * 100,
    'time/time_elapsed': (row + 1) * 2,
    'rollout/ep_rew_mean': value,
  }));
  const info = { ...session, version: 1, config, resumed: [] };
  return { directory: `/runs/${name}`, name, info, status, metrics, elapsedSeconds: 99, result: { solved: true }, checkpoints: [], warnings: [] };
}

describe('compareRuns', () => {
  test('sums up each run', () => {
    const { runs } = compareRuns([record({ name: 'a', returns: [-5, 30, 20] }), record({ name: 'b', status: 'running' })]);
    expect(runs[0]).toEqual({
      name: 'a',
      directory: '/runs/a',
      status: 'finished',
      steps: 300,
      seconds: 6,
      stepsPerSecond: 50,
      finalReturn: 20,
      bestReturn: 30,
      result: { solved: true },
      group: 'a',
      settings: {},
    });
    expect(runs[1]).toMatchObject({ steps: 0, finalReturn: Number.NaN, bestReturn: Number.NaN, status: 'running' });
  });

  test('finds the best and the last return among NaN', () => {
    const { runs } = compareRuns([record({ returns: [Number.NaN, 30, Number.NaN, 20, Number.NaN] })]);
    expect(runs[0]).toMatchObject({ steps: 500, bestReturn: 30, finalReturn: 20 });
  });

  test('names the settings that differ, nested ones too, and what one run only has', () => {
    const base = { algorithm: 'a2c', gamma: 0.99, sizes: [64, 64] };
    const { differing, runs } = compareRuns([
      record({ config: { ...base, seed: 0, options: { envs: 1, clip: 40 } } }),
      record({ config: { ...base, seed: 0, options: { envs: 16, clip: 40 }, lambda: 1 } }),
      record({ config: { ...base, seed: 1, sizes: [64, 32], options: { envs: 1, clip: 40 } } }),
    ]);
    expect(differing).toEqual(['sizes', 'seed', 'options.envs', 'lambda']);
    expect(runs.map(({ settings }) => settings)).toEqual([
      { sizes: [64, 64], seed: 0, 'options.envs': 1 },
      { sizes: [64, 64], seed: 0, 'options.envs': 16, lambda: 1 },
      { sizes: [64, 32], seed: 1, 'options.envs': 1 },
    ]);
    expect(runs.map(({ group }) => group)).toEqual(['sizes [64,64], envs 1', 'sizes [64,64], envs 16', 'sizes [64,32]']);
  });

  test('groups runs that differ in their seed only', () => {
    const config = (algorithm: string, seed: number) => ({ algorithm, environment: 'Pong', seed });
    const runs = [record({ name: 'a', config: config('a2c', 0) }), record({ config: config('ppo', 0) }), record({ name: 'c', config: config('a2c', 1) })];
    const { groups } = compareRuns(runs);
    expect(groups.map(({ label, runs }) => [label, runs.map(({ name }) => name)])).toEqual([
      ['a2c', ['a', 'c']],
      ['ppo', ['run']],
    ]);
    expect(compareRuns([runs[0]!, runs[2]!]).groups.map(({ label }) => label)).toEqual(['a2c on Pong']);
  });

  test('finds seeds among nested settings, and does not tell runs apart by their names', () => {
    const runs = [0, 1].map((seed) => record({ name: `run-${seed}`, config: { example: 'a2c-pong', settings: { seed, name: `run-${seed}`, envs: 16 } } }));
    const { groups, differing } = compareRuns(runs);
    expect(differing).toEqual(['settings.seed', 'settings.name']);
    expect(groups.map((group) => [group.label, group.runs.length])).toEqual([['a2c-pong', 2]]);
    const unnamed = record({ name: 'a2c-seed-2', config: { example: 'a2c-pong', settings: { seed: 2, name: '', envs: 16 } } });
    expect(compareRuns([...runs, unnamed]).groups.map((group) => group.runs.length)).toEqual([3]);
  });

  test('labels groups by as few settings as tell them apart', () => {
    const a2c = (rate: number) => record({ config: { algorithm: 'a2c', envs: 16, units: 200, rate, steps: rate * 1e9, seed: 0 } });
    const other = record({ config: { algorithm: 'ppo', envs: 8, units: 64, rate: 1, steps: 5, clip: 0.2, seed: 0 } });
    expect(compareRuns([a2c(1e-3), a2c(3e-4), other]).groups.map(({ label }) => label)).toEqual(['a2c, rate 0.001', 'a2c, rate 0.0003', 'ppo']);
    const without = { config: { environment: 'Pong' } };
    expect(compareRuns([record(without), record({ config: { environment: 'Pong', clip: 1 } })]).groups.map(({ label }) => label)).toEqual(['Pong', 'clip 1']);
  });

  test('ignores settings that change nothing in what is learned', () => {
    const runs = [0, 1].map((seed) => record({ config: { algorithm: 'a2c', seed, page: { watch: seed === 1, port: 8000 + seed } } }));
    expect(compareRuns(runs).groups).toHaveLength(2);
    const { differing, groups } = compareRuns(runs, { ignore: ['watch', 'port'] });
    expect(differing).toEqual(['seed']);
    expect(groups.map(({ label, runs }) => [label, runs.length])).toEqual([['a2c', 2]]);
  });

  test('refuses nothing', () => {
    expect(() => compareRuns([])).toThrow(InvalidOptionsError);
    expect(() => compareRuns([record({})], { ignored: [] } as never)).toThrow('Did you mean "ignore"?');
  });
});

describe('groupCurve', () => {
  test('is the median of the seeds over steps or seconds', () => {
    const { groups } = compareRuns([0, 1, 2].map((seed) => record({ config: { algorithm: 'a2c', seed }, returns: [seed, 10 * seed] })));
    const curve = groupCurve(groups[0]!, { over: 'seconds' });
    expect(curve.label).toBe('a2c');
    expect(curve.points).toEqual([
      { x: 2, y: 1 },
      { x: 4, y: 10 },
    ]);
    expect(curve.band).toMatchObject({ runs: 3, label: 'seeds, from the lowest to the highest' });
    expect(groupCurve(groups[0]!, { band: 'quartiles' }).band!.points[1]).toEqual({ x: 200, low: 5, high: 15 });
  });
});
