import { Rng } from '@pg/core';
import { expect, test } from 'vitest';
import { AgentPlayer } from './agent-player.js';

/** Episodes of three steps; a reward is the action, an observation the count so far. */
function play({ greedy }: { greedy: boolean }) {
  const rng = Rng.fromSeed(1).stream('policy');
  const seen: (number | string)[] = [];
  let count = 0;
  const env = {
    reset: () => {
      count = 0;
      return 0;
    },
    step: (action: number) => ({ obs: ++count, reward: action, terminated: count === 3, truncated: false }),
    render: () => ({ width: 1, height: 1, data: new Uint8Array(3).fill(count) }),
  };
  const session = {
    act: (obs: number, options: { greedy?: boolean } = {}) => {
      seen.push(obs);
      return options.greedy ? 1 : rng.integer(1000);
    },
    reset: () => void seen.push('reset'),
  };
  const player = new AgentPlayer({ learner: { policy: { rng, session: () => session } }, env, greedy, seed: 7 });
  return { player, seen, rng };
}

test('episode after episode, with the first picture and the last', () => {
  const { player, seen } = play({ greedy: true });
  const shots = Array.from({ length: 6 }, () => player.next());
  expect(shots.map(({ caption: { episode, step, return: sum }, ended, picture }) => [episode, step, sum, ended, picture.data[0]])).toEqual([
    [1, 0, 0, false, 0],
    [1, 1, 1, false, 1],
    [1, 2, 2, false, 2],
    [1, 3, 3, true, 3],
    [2, 0, 0, false, 0],
    [2, 1, 1, false, 1],
  ]);
  expect(seen).toEqual(['reset', 0, 1, 2, 'reset', 0]);
});

test('an episode that is left is not gone on with', () => {
  const { player } = play({ greedy: true });
  for (let i = 0; i < 2; i++) player.next();
  player.leave();
  expect(player.next().caption).toEqual({ episode: 2, step: 0, return: 0 });
});

test("drawn actions come from a stream of its own: the policy's goes on as if nothing had been played", () => {
  const [watched, other] = [play({ greedy: false }), play({ greedy: false })];
  const untouched = Rng.fromSeed(1).stream('policy');
  const returns = [watched, other].map(({ player, rng }) => {
    const shots = Array.from({ length: 4 }, () => player.next());
    if (rng === other.rng) return shots[3]!.caption.return;
    expect(rng.integer(1000)).toBe(untouched.integer(1000));
    return shots[3]!.caption.return;
  });
  expect(returns[0]).toBe(returns[1]);
  expect(returns[0]).toBeGreaterThan(0);
});

test('acts among what is allowed now, where the environment says so', () => {
  const rng = Rng.fromSeed(1);
  const env = {
    actionMask: Uint8Array.of(1, 0),
    reset: () => 0,
    step(action: number) {
      expect(env.actionMask[action]).toBe(1);
      env.actionMask = Uint8Array.of(1 - env.actionMask[0]!, env.actionMask[0]!);
      return { obs: 0, reward: action, terminated: false, truncated: false };
    },
    render: () => ({ width: 1, height: 1, data: new Uint8Array(3) }),
  };
  const session = { act: (_: number, { mask }: { mask?: Uint8Array | undefined } = {}) => mask!.indexOf(1), reset: () => {} };
  const player = new AgentPlayer({ learner: { policy: { rng, session: () => session } }, env, greedy: true, seed: 7 });
  const returns = Array.from({ length: 5 }, () => player.next().caption.return);
  expect(returns).toEqual([0, 0, 1, 1, 2]);
});
