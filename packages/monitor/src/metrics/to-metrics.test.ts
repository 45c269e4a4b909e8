import { InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { toMetrics } from './to-metrics.js';

const update = {
  step: 5000,
  episodes: 40,
  meanReturn: 125.5,
  meanLength: 125.5,
  updates: 25,
  policyLoss: -0.25,
  entropy: 0.5,
  valueLoss: 3,
  explainedVariance: 0.75,
  gradientNorm: 1.5,
  learningRate: 0.001,
};

describe('toMetrics', () => {
  test('uses the names of Stable-Baselines3, and its sign for the entropy', () => {
    expect(toMetrics(update, { elapsedSeconds: 2 })).toEqual({
      'time/total_timesteps': 5000,
      'time/iterations': 25,
      'time/time_elapsed': 2,
      'time/fps': 2500,
      'time/episodes': 40,
      'rollout/ep_rew_mean': 125.5,
      'rollout/ep_len_mean': 125.5,
      'train/policy_loss': -0.25,
      'train/entropy_loss': -0.5,
      'train/value_loss': 3,
      'train/explained_variance': 0.75,
      'train/grad_norm': 1.5,
      'train/learning_rate': 0.001,
      'train/n_updates': 25,
    });
  });

  test("names PPO's fields, and a coefficient, as there", () => {
    const metrics = toMetrics({ ...update, approxKl: 0.01, clipFraction: 0.125, clipRange: 0.2, entropyCoef: 0.5, loss: 1.5 } as typeof update, {
      elapsedSeconds: 1,
    });
    expect(metrics).not.toHaveProperty('train/policy_loss');
    expect(metrics).not.toHaveProperty('train/n_updates');
    expect(metrics).toMatchObject({
      'train/policy_gradient_loss': -0.25,
      'train/approx_kl': 0.01,
      'train/clip_fraction': 0.125,
      'train/clip_range': 0.2,
      'train/ent_coef': 0.5,
      'train/loss': 1.5,
    });
  });

  test("names a Gaussian's standard deviation as there", () => {
    expect(toMetrics({ ...update, std: 0.5 }, { elapsedSeconds: 1 })).toMatchObject({ 'train/std': 0.5 });
  });

  test('names a field that it does not know in snake case', () => {
    const metrics = toMetrics({ ...update, gradientLag: 3, approximateKL: 0.5, clip_fraction: 0.25 } as typeof update, { elapsedSeconds: 1 });
    expect(metrics).toMatchObject({ 'train/gradient_lag': 3, 'train/approximate_kl': 0.5, 'train/clip_fraction': 0.25 });
  });

  test('leaves out what is not known yet, not a number or not finite', () => {
    const early = { step: 5, episodes: 0, meanReturn: Number.NaN, meanLength: Number.NaN, policyLoss: Number.POSITIVE_INFINITY, note: 'text' };
    expect(toMetrics(early, { elapsedSeconds: 0 })).toEqual({ 'time/total_timesteps': 5, 'time/time_elapsed': 0, 'time/episodes': 0 });
  });

  test('leaves out fps while no time has passed, and counts only the steps of a resumed run', () => {
    expect(toMetrics(update, { elapsedSeconds: 0 })).not.toHaveProperty('time/fps');
    expect(toMetrics(update, { elapsedSeconds: 4, start: 3000 })['time/fps']).toBe(500);
  });

  test('records an entropy of 0 as 0, not −0', () => {
    expect(Object.is(toMetrics({ ...update, entropy: 0 }, { elapsedSeconds: 1 })['train/entropy_loss'], 0)).toBe(true);
  });

  test('refuses a clock that runs backwards', () => {
    const call = () => toMetrics(update, { elapsedSeconds: -1 });
    expect(call).toThrow(InvalidOptionsError);
    expect(call).toThrow('toMetrics: got elapsedSeconds: -1; expected a number at least 0.');
  });
});
