import { cartPole, vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';
import { expect, test } from 'vitest';
import { a2c } from '../algorithms/a2c.js';
import { definitionOf } from '../definition/plan-run.js';
import { identityOf, requireSameComposition } from './composition-identity.js';

const env = vectorize(cartPole(), { numEnvs: 4 });
const policy = actorCritic({ encoder: mlp([8]) });
const identity = (parts: object = {}, algorithm = 'a2c') =>
  identityOf(algorithm, definitionOf(a2c).schema, { env, policy, options: { learningRate: (progress: number) => 1 - progress }, ...parts });

test('what is composed alike is the same, posted or not, defaults named or not', () => {
  const options = { learningRate: () => 0.5, gamma: 0.99 };
  expect(() => requireSameComposition(identity({ options }), structuredClone(identity()))).not.toThrow();
});

test.each<[string, object, string]>([
  ['an option', { options: { gamma: 0.9 } }, 'a2c: got a module that exports another builder: its options.gamma is 0.9; expected 0.99, as it is built here.'],
  ['a schedule', { options: {} }, 'its options.learningRate is 0.0007; expected "a function"'],
  ['the copies', { env: vectorize(cartPole(), { numEnvs: 3 }) }, 'its environment.numEnvs is 3; expected 4'],
  ['the limit', { env: vectorize(cartPole({ maxSteps: 7 }), { numEnvs: 4 }) }, 'its environment.maxSteps is 7; expected 500'],
  ['the policy', { policy: actorCritic({ encoder: mlp([9]) }) }, 'units is 9; expected 8'],
])('another composition is refused by its first difference: %s', (_, parts, message) => {
  expect(() => requireSameComposition(identity(parts), identity())).toThrow(message);
});

test('another algorithm is refused', () => {
  expect(() => requireSameComposition(identity({}, 'ppo'), identity())).toThrow('its algorithm is "ppo"; expected "a2c", as it is built here.');
});
