import { episodeStatistics, karpathyDifference, pong, vectorize } from '@pg/envs';
import { rmsprop } from '@pg/nn';
import { actorCritic, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';

/** Repeated actions are drawn by chance: a copy that waits must not draw less because nobody computes with what it sees. */
const game = pong({ repeatActionProbability: 0.25, maxSteps: 60 }).pipe(karpathyDifference());

/** A small run of R2, in rounds or not, whose environments write lists of what changed. */
function learner(rounds: boolean, whole = false) {
  // a wrapper behind the shortcut lets observations through whole
  const env = whole ? game.pipe(episodeStatistics()) : game;
  return a2c()
    .env(vectorize(env, { numEnvs: 3 }))
    .policy(actorCritic({ encoder: mlp([20], 'relu') }))
    .options({ rolloutLength: 25, rounds, entropyCoef: 0.01, reduction: 'sum', maxGradValue: 1, learningRate: 1e-3, optimizer: rmsprop() });
}

describe.each([true, false])('rounds: %s', (rounds) => {
  test('lists of what changed teach what whole observations teach, bit for bit', async () => {
    await using lists = learner(rounds).build({ seed: 3 });
    await using whole = learner(rounds, true).build({ seed: 3 });
    const updates = await train(lists, 600);
    expect(updates).toEqual(await train(whole, 600));
    expect(updates.length).toBeGreaterThanOrEqual(8);
    const [first, second] = [lists, whole].map(({ policy }) => Buffer.concat(policy.parameters.map(({ values }) => Buffer.from(values.slice().buffer))));
    expect(Buffer.compare(first!, second!)).toBe(0);
  });

  test('a run goes on from a checkpoint as if nothing had happened', async () => {
    await using straight = learner(rounds).build({ seed: 4 });
    await using before = learner(rounds).build({ seed: 4 });
    const updates = await train(straight, 600);
    const earlier = await train(before, 260);
    await using after = await learner(rounds).load(before.toCheckpoint());
    expect([...earlier, ...(await train(after, 340))]).toEqual(updates);
    expect(Buffer.compare(after.toCheckpoint(), straight.toCheckpoint())).toBe(0);
  });
});
