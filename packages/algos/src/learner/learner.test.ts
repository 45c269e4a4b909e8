import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisposedError } from '@pg/core';
import { loadPolicy } from '@pg/policies';
import { afterAll, describe, expect, test } from 'vitest';
import { learners, train } from '../../fixtures/learners.js';

const folder = mkdtempSync(join(tmpdir(), 'pg-learner-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(learners)('%s', (name, build) => {
  test('updates tell where the run stands', async () => {
    await using learner = build(1);
    expect(learner.step).toBe(0);
    const updates = await train(learner, 1500);
    updates.forEach((update, i) => {
      expect(update.updates).toBe(i + 1);
      expect(update.step).toBeGreaterThan(updates[i - 1]?.step ?? 0);
      expect(update.episodes).toBeGreaterThanOrEqual(updates[i - 1]?.episodes ?? 0);
      expect(update.gradientNorm).toBeGreaterThan(0);
    });
    const last = updates.at(-1)!;
    expect(learner.step).toBe(last.step);
    expect(last.step).toBeGreaterThanOrEqual(1500);
    expect(last.episodes).toBeGreaterThan(0);
    // CartPole pays 1 a step
    if (!name.includes('continuous')) expect(last.meanReturn).toBe(last.meanLength);
  });

  test('the policy is one object that is brought up to date when it is asked for', async () => {
    await using learner = build(1);
    const { policy } = learner;
    const before = policy.toBytes();
    for await (const _ of learner.train({ steps: 1 })) expect(policy.toBytes()).toEqual(before);
    expect(learner.policy).toBe(policy);
    expect(policy.toBytes()).not.toEqual(before);
  });

  test('shows the gradients of the last update, named as the parameters', async () => {
    await using learner = build(1);
    const norm = () => Math.hypot(...learner.gradients.flatMap(({ values }) => [...values]));
    expect(norm()).toBe(0);
    const { gradientNorm } = (await train(learner, 1000)).at(-1)!;
    expect(learner.gradients.map(({ name, shape }) => [name, shape])).toEqual(learner.policy.parameters.map(({ name, shape }) => [name, shape]));
    expect(norm()).toBeGreaterThan(0);
    // What is reported is the norm before clipping; of several minibatches their mean.
    if (!name.includes('ppo')) expect(norm()).toBeLessThanOrEqual(gradientNorm * 1.0001);
  });

  test('acts by the policy as it is now', async () => {
    await using learner = build(1);
    const obs = new Float32Array(learner.policy.observationSpace.low.length).fill(0.1);
    await train(learner, 500);
    const loaded = await loadPolicy(learner.policy.toBytes());
    const session = learner.policy.session();
    expect(session.act(obs, { greedy: true })).toEqual(loaded.session().act(obs, { greedy: true }));
    if (loaded.recurrent) expect(() => learner.act(obs)).toThrow('Act with policy.session()');
    else expect(learner.act(obs, { greedy: true })).toEqual(loaded.act(obs, { greedy: true }));
  });

  test('saves what loadPolicy reads', async () => {
    await using learner = build(2);
    await train(learner, 200);
    const path = join(folder, `${name}.safetensors`);
    await learner.save(path);
    const loaded = await loadPolicy(path);
    expect(loaded.toBytes()).toEqual(learner.policy.toBytes());
  });

  test('everything is refused after dispose', async () => {
    const learner = build(0);
    await train(learner, 100);
    const { policy, step } = learner;
    const obs = new Float32Array(learner.policy.observationSpace.low.length);
    learner.dispose();
    const message = (method: string) => `learner.${method}: got a learner after dispose(); expected a live learner.`;
    expect(() => learner.train({ steps: 10 })).toThrow(DisposedError);
    expect(() => learner.train({ steps: 10 })).toThrow(message('train'));
    expect(() => learner.act(obs)).toThrow(message('act'));
    expect(() => learner.policy).toThrow(message('policy'));
    expect(() => learner.gradients).toThrow(message('gradients'));
    await expect(learner.evaluate()).rejects.toThrow(message('evaluate'));
    await expect(learner.save(join(folder, 'never'))).rejects.toThrow(message('save'));
    expect(() => policy.act(obs)).toThrow(DisposedError);
    expect(learner.step).toBe(step);
    // a second time does nothing
    expect(learner.dispose()).toBeUndefined();
  });
});

test('`await using` disposes at the end of the block', async () => {
  const [, build] = learners[0]!;
  let outside: ReturnType<typeof build> | undefined;
  {
    await using learner = build(0);
    outside = learner;
    expect([0, 1]).toContain(learner.act(new Float32Array(4)));
  }
  expect(() => outside.act(new Float32Array(4))).toThrow(DisposedError);
});
