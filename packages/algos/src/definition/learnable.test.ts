import { InvalidOptionsError } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { actorCritic, linear } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { a3c } from '../a3c/a3c.js';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { reinforce } from '../algorithms/reinforce.js';

const create = { a2c: a2c.create, a3c: a3c.create, ppo: ppo.create, reinforce: reinforce.create };
const policy = actorCritic({ encoder: linear() });

type Case = [name: keyof typeof create, options: object, numEnvs: number, maxSteps: number];

function build([name, options, numEnvs, maxSteps]: Case) {
  return create[name]({ env: vectorize(cartPole({ maxSteps }), { numEnvs }), policy, options, seed: 0 });
}

describe('refused before anything runs', () => {
  test.each<[...Case, string]>([
    ['a2c', { rolloutLength: 1, normalizeAdvantages: true }, 1, 30, 'normalizeAdvantages over updates'],
    ['a2c', { rounds: true, normalizeAdvantages: true }, 1, 1, 'normalizeAdvantages over updates'],
    ['a2c', { rounds: true, rolloutLength: 1, normalizeAdvantages: true }, 1, 30, 'normalizeAdvantages over updates'],
    ['a3c', { rolloutLength: 1, normalizeAdvantages: true }, 1, 30, 'normalizeAdvantages over updates'],
    ['a3c', { rounds: true, normalizeAdvantages: true }, 1, 1, 'normalizeAdvantages over updates'],
    ['ppo', { rolloutLength: 1 }, 1, 30, 'normalizeAdvantages over minibatches'],
    ['ppo', { minibatchSize: 1 }, 4, 30, 'normalizeAdvantages over minibatches'],
    ['reinforce', { rolloutLength: 1, standardize: 'batch' }, 1, 30, "standardize: 'batch' over rollouts"],
    ['reinforce', { rolloutLength: 1, standardize: 'batch', baseline: 'value' }, 1, 30, "standardize: 'batch' over rollouts"],
    ['reinforce', { rolloutLength: 1, baseline: 'mean-return' }, 1, 30, "baseline: 'mean-return' over rollouts"],
    ['reinforce', { rolloutLength: 1, rolloutsPerUpdate: 8, baseline: 'mean-return' }, 1, 30, "baseline: 'mean-return' over rollouts"],
    ['reinforce', { episodesPerUpdate: 1, standardize: 'batch' }, 1, 1, "standardize: 'batch' over rollouts"],
    ['reinforce', { episodesPerUpdate: 8, rolloutsPerUpdate: 8, baseline: 'mean-return' }, 1, 1, "baseline: 'mean-return' over rollouts"],
    ['reinforce', { standardize: 'episode' }, 4, 1, "standardize: 'episode' over episodes"],
    ['reinforce', { rolloutLength: 1, standardize: 'episode' }, 4, 30, "standardize: 'episode' over episodes"],
    ['reinforce', { rolloutLength: 5, standardize: 'episode' }, 4, 1, "standardize: 'episode' over episodes"],
  ])('%s %j, %d copies, episodes of %d steps', (name, options, numEnvs, maxSteps, got) => {
    const attempt = () => build([name, options, numEnvs, maxSteps]);
    expect(attempt).toThrow(InvalidOptionsError);
    expect(attempt).toThrow(`${name}: got ${got} of one step; expected at least 2 steps: one alone is its own mean, so its advantage would always be 0.`);
  });

  test.each<[...Case, string]>([
    ['ppo', { minibatchSize: 1 }, 4, 30, 'Use larger minibatches, or set normalizeAdvantages: false.'],
    ['ppo', { rolloutLength: 1 }, 1, 30, 'Use a longer rolloutLength or more environments, or set normalizeAdvantages: false.'],
    ['a2c', { rounds: true, normalizeAdvantages: true }, 1, 1, 'Use more environments, or leave rounds out, or set normalizeAdvantages: false.'],
    ['reinforce', { standardize: 'episode' }, 4, 1, "Use standardize: 'batch', or set standardize: false."],
  ])('%s %j, %d copies, episodes of %d steps: the remedy', (name, options, numEnvs, maxSteps, remedy) => {
    expect(() => build([name, options, numEnvs, maxSteps])).toThrow(remedy);
  });
});

test.each<Case>([
  ['a2c', { rolloutLength: 1, normalizeAdvantages: true }, 2, 30],
  ['a2c', { rolloutLength: 1 }, 1, 30],
  ['a2c', { rounds: true, normalizeAdvantages: true }, 2, 1],
  ['a3c', { normalizeAdvantages: true }, 1, 1],
  ['ppo', { rolloutLength: 3, minibatchSize: 2 }, 1, 30],
  ['ppo', { rolloutLength: 1, minibatchSize: 1, normalizeAdvantages: false }, 1, 30],
  ['reinforce', { rolloutLength: 1 }, 1, 30],
  ['reinforce', { rolloutLength: 1, standardize: 'batch' }, 2, 30],
  ['reinforce', { baseline: 'mean-return' }, 1, 1],
  ['reinforce', { standardize: 'batch' }, 1, 1],
  ['reinforce', { episodesPerUpdate: 1, standardize: 'episode' }, 1, 2],
])('%s %j, %d copies, episodes of %d steps: can learn', (...which) => {
  const learner = build(which);
  expect(learner.step).toBe(0);
  learner.dispose();
});
