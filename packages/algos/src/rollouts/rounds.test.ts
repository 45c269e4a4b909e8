import { vectorize } from '@pg/envs';
import { expect, test } from 'vitest';
import { scripted } from '../../fixtures/environments.js';
import { collectorOf } from '../../fixtures/runs.js';

/** Length by length of copies whose episodes have `lengths` steps, drawn by chance; seed 0. */
function play(length: number, rollouts: number) {
  const { collector, rollout } = collectorOf(vectorize(scripted([2, 5, 9], 100), { numEnvs: 3 }), length);
  return Array.from({ length: rollouts }, () => {
    const collected = collector.collectRound();
    const { valid, done, rewards } = rollout.first(collected.length * 3);
    const { episodes } = collector.statistics;
    return {
      ...collected,
      valid: Array.from(valid),
      done: Array.from(done),
      rewards: Array.from(rewards),
      episodes,
      meanReturn: collector.statistics.meanReturn(),
    };
  });
}

test('a round ends when every copy has finished an episode; none of its steps after that counts', () => {
  const rounds = play(20, 5);
  for (const { length, steps, valid, done, rewards, episodes, meanReturn } of rounds) {
    const lengths = [0, 1, 2].map((n) => 1 + Array.from({ length }, (_, t) => done[3 * t + n]).indexOf(1));
    expect(length).toBe(Math.max(...lengths));
    expect(steps).toBe(lengths.reduce((sum, one) => sum + one, 0));
    expect(valid).toEqual(Array.from({ length: 3 * length }, (_, i) => (Math.floor(i / 3) < lengths[i % 3]! ? 1 : 0)));
    // each round starts with first steps
    expect(rewards.slice(0, 3)).toEqual([1, 1, 1]);
    expect(episodes % 3).toBe(0);
    expect(meanReturn).toBeGreaterThan(0);
  }
  expect(rounds.map(({ episodes }) => episodes)).toEqual([3, 6, 9, 12, 15]);
  expect(new Set(rounds.map(({ length }) => length)).size).toBeGreaterThan(1);
});

test('a long round is the same in pieces', () => {
  const whole = play(20, 4);
  const pieces = play(4, 12);
  const joined: { valid: number[]; steps: number; episodes: number }[] = [];
  let piece = 0;
  for (const { length } of whole) {
    const parts = [];
    for (let played = 0; played < length; played += parts.at(-1)!.length) parts.push(pieces[piece++]!);
    expect(parts.slice(0, -1).every((part) => part.length === 4)).toBe(true);
    joined.push({
      valid: parts.flatMap(({ valid }) => valid),
      steps: parts.reduce((sum, { steps }) => sum + steps, 0),
      episodes: parts.at(-1)!.episodes,
    });
  }
  expect(joined).toEqual(whole.map(({ valid, steps, episodes }) => ({ valid, steps, episodes })));
  expect(piece).toBeGreaterThan(4);
});
