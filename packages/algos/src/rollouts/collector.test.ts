import { vectorize } from '@pg/envs';
import { actorCritic, linear } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { recordedWalk, scripted } from '../../fixtures/environments.js';
import { collectorOf, rowsOf } from '../../fixtures/runs.js';

describe('collectSteps', () => {
  const N = 3;
  const T = 7;

  test('rows are what happened, time-major', () => {
    const { env, log } = recordedWalk({ maxSteps: 5, longest: 9 });
    const { run, collector, rollout } = collectorOf(vectorize(env, { numEnvs: N }), T);
    expect(collector.collectSteps()).toEqual({ length: T, steps: T * N });
    expect(log.length).toBe(T * N);
    const { network } = run;
    expect(rowsOf(network.input, 2, 0, T * N)).toEqual(log.map(({ obs }) => obs));
    expect(Array.from(network.distribution.actions.subarray(0, T * N))).toEqual(log.map(({ action }) => action));
    expect(Array.from(rollout.rewards)).toEqual(log.map(({ reward }) => reward));
    expect(Array.from(rollout.terminated)).toEqual(log.map(({ terminated }) => Number(terminated)));
    expect(Array.from(rollout.truncated)).toEqual(log.map(({ truncated }) => Number(truncated)));
    expect(Array.from(rollout.done)).toEqual(log.map(({ terminated, truncated }) => Number(terminated || truncated)));
    expect(Array.from(rollout.valid)).toEqual(log.map(() => 1));
    expect(log.some(({ terminated }) => terminated) && log.some(({ truncated }) => truncated)).toBe(true);
  });

  test('goes on where the last rollout stopped: many short ones are one long one', () => {
    const play = (length: number, rollouts: number) => {
      const { env, log } = recordedWalk({ maxSteps: 5, longest: 9 });
      const { run, collector, rollout } = collectorOf(vectorize(env, { numEnvs: N }), length);
      let last: number[] = [];
      for (let i = 0; i < rollouts; i++) {
        collector.collectSteps();
        const first = Array.from(rollout.obsAt(0));
        if (i > 0) expect(first).toEqual(last);
        last = Array.from(rollout.obsAt(rollout.length));
        expect(last).toEqual(rowsOf(run.network.input, 2, length * N, (length + 1) * N).flat());
      }
      const { statistics } = collector;
      return { log, statistics: [statistics.episodes, statistics.meanReturn(), statistics.meanLength()] };
    };
    expect(play(T, 6)).toEqual(play(T * 6, 1));
  });

  test('returns and lengths of episodes across rollouts equal a replay', () => {
    const { env, log } = recordedWalk({ maxSteps: 11, longest: 40 });
    const { collector } = collectorOf(vectorize(env, { numEnvs: N }), T);
    for (let i = 0; i < 20; i++) collector.collectSteps();
    const returns: number[] = [];
    const lengths: number[] = [];
    const running = Array.from({ length: N }, () => ({ sum: 0, length: 0 }));
    log.forEach(({ reward, terminated, truncated }, i) => {
      const episode = running[i % N]!;
      episode.sum += reward;
      episode.length += 1;
      if (!terminated && !truncated) return;
      returns.push(episode.sum);
      lengths.push(episode.length);
      running[i % N] = { sum: 0, length: 0 };
    });
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(returns.length).toBeGreaterThan(30);
    expect(collector.statistics.episodes).toBe(returns.length);
    expect(collector.statistics.meanReturn()).toBeCloseTo(mean(returns), 12);
    expect(collector.statistics.meanLength()).toBeCloseTo(mean(lengths), 12);
  });

  test('tells of each step in which the time limit cut', () => {
    const cuts: number[] = [];
    const { collector } = collectorOf(vectorize(scripted([100], 4), { numEnvs: 2 }), 6, { onTruncated: (t) => cuts.push(t) });
    collector.collectSteps();
    collector.collectSteps();
    expect(cuts).toEqual([3, 1, 5]);
  });

  test('starts anew after a step that threw', () => {
    const { env, log } = recordedWalk({ maxSteps: 100 });
    const { run, collector, rollout } = collectorOf(vectorize(env, { numEnvs: N }), T);
    collector.collectSteps();
    const step = run.env.step;
    Object.assign(run.env, {
      step() {
        throw new Error('out of order');
      },
    });
    expect(() => collector.collectSteps()).toThrow('out of order');
    Object.assign(run.env, { step });
    log.length = 0;
    collector.collectSteps();
    expect(Array.from(rollout.obsAt(0))).toEqual(log.slice(0, N).flatMap(({ obs }) => obs));
    // a hundred steps from here: these episodes began with this rollout
    for (let i = 0; i < 14; i++) collector.collectSteps();
    expect(log.findIndex(({ truncated }) => truncated)).toBe(99 * N);
  });
});

describe('collectEpisodes', () => {
  test('each environment plays exactly k episodes, what follows does not count', () => {
    const N = 4;
    const { collector, rollout, run } = collectorOf(vectorize(scripted([2, 3, 5, 9], 7), { numEnvs: N }), 21, { seed: 5 });
    for (let round = 1; round <= 10; round++) {
      const { length, steps } = collector.collectEpisodes(3);
      const counted = { steps: 0, longest: 0 };
      for (let n = 0; n < N; n++) {
        const column = <T extends ArrayLike<number>>(array: T) => Array.from({ length }, (_, t) => array[t * N + n]!);
        const valid = column(rollout.valid);
        const done = column(rollout.done);
        const own = valid.lastIndexOf(1) + 1;
        // valid from the start up to the third end, and nowhere else
        expect(valid).toEqual([...new Array(own).fill(1), ...new Array(length - own).fill(0)]);
        expect(done.slice(0, own).reduce((sum, end) => sum + end, 0)).toBe(3);
        expect(done[own - 1]).toBe(1);
        counted.steps += own;
        counted.longest = Math.max(counted.longest, own);
      }
      expect({ steps, length }).toEqual({ steps: counted.steps, length: counted.longest });
      expect(collector.statistics.episodes).toBe(round * 3 * N);
      // every round begins with fresh episodes
      expect(Array.from({ length: N }, (_, n) => run.network.input[n * 2 + 1])).toEqual([0, 0, 0, 0]);
    }
  });

  test('short episodes are not preferred', () => {
    // lengths 1 and 9 alike: played for a fixed time, nine of ten finished episodes would be short ones
    const { collector } = collectorOf(vectorize(scripted([1, 9], 9), { numEnvs: 10 }), 18, { seed: 1 });
    let lengths = 0;
    for (let round = 0; round < 100; round++) {
      collector.collectEpisodes(2);
      lengths += collector.statistics.meanLength() / 100;
    }
    // the means run over the last 100 episodes, five rounds: about 2000 independent lengths; 5 standard errors of 4/√2000
    expect(Math.abs(lengths - 5)).toBeLessThan(0.45);
  });

  test('returns are of whole episodes', () => {
    const { collector } = collectorOf(vectorize(scripted([4], 9), { numEnvs: 2 }), 8);
    collector.collectEpisodes(2);
    expect([collector.statistics.episodes, collector.statistics.meanReturn(), collector.statistics.meanLength()]).toEqual([4, 10, 4]);
  });
});

test('environments get clipped actions, the rollout keeps what was drawn', () => {
  const { env, log } = recordedWalk({ maxSteps: 100, continuous: true });
  const N = 2;
  const { run, collector } = collectorOf(vectorize(env, { numEnvs: N }), 40, { policy: actorCritic({ encoder: linear() }) });
  collector.collectSteps();
  const drawn = Array.from(run.network.distribution.actions.subarray(0, 40 * N));
  expect(drawn.some((action) => action > 1) && drawn.some((action) => action < -1)).toBe(true);
  expect(log.map(({ action }) => (action as Float32Array)[0])).toEqual(drawn.map((action) => Math.min(1, Math.max(-1, action))));
});

test('environments get squashed actions as they are, inside the bounds', () => {
  const { env, log } = recordedWalk({ maxSteps: 100, continuous: true });
  const N = 2;
  const { run, collector } = collectorOf(vectorize(env, { numEnvs: N }), 40, { policy: actorCritic({ encoder: linear(), squash: true }) });
  collector.collectSteps();
  const { actions, latents } = run.network.distribution;
  const drawn = Array.from(actions.subarray(0, 40 * N));
  expect(log.map(({ action }) => (action as Float32Array)[0])).toEqual(drawn);
  expect(drawn.every((action) => action > -1 && action < 1)).toBe(true);
  for (const [i, action] of drawn.entries()) expect(action).toBeCloseTo(Math.tanh(latents[i]!), 6);
  expect(latents.subarray(0, 40 * N).some((latent) => latent > 1)).toBe(true);
});
