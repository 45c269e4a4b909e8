import { describeValue, NonFiniteError } from '@pg/core';

/** A reward that a wrapper has computed from finite ones; refuses it when it has left float32, in which rewards are kept. */
export function finiteReward(where: string, reward: number): number {
  if (Number.isFinite(Math.fround(reward))) return reward;
  throw new NonFiniteError({
    where,
    got: `the reward ${describeValue(reward)}`,
    expected: 'one that fits into float32',
    remedy: 'Scale or clip the rewards in front of it.',
  });
}
