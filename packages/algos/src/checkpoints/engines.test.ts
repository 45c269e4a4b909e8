import { cartPole, vectorize } from '@pg/envs';
import { layersModel, tfjs } from '@pg/nn/tfjs';
import { actorCritic, actorCriticGru, linear } from '@pg/policies';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';

const engine = await tfjs({ backend: 'cpu' });
const poles = vectorize(cartPole({ maxSteps: 30 }), { numEnvs: 4 });
const model = (seed: number) => {
  const kernelInitializer = tf.initializers.orthogonal({ seed });
  return layersModel(tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 6, activation: 'tanh', kernelInitializer })] }));
};

test.each([
  [
    'a memory',
    () =>
      a2c()
        .env(poles)
        .policy(actorCriticGru({ encoder: linear(), units: 3 })),
  ],
  [
    'a model of the user, whatever its weights are',
    (seed: number) =>
      a2c()
        .env(poles)
        .policy(actorCritic({ encoder: model(seed) })),
  ],
])('TensorFlow.js goes on exactly too, with %s', async (_, compose) => {
  await using whole = compose(1).build({ seed: 1, engine });
  const updates = await train(whole, 400);
  await using first = compose(1).build({ seed: 1, engine });
  const before = await train(first, 200);
  await using second = await compose(2).load(first.toCheckpoint(), { engine });
  expect([...before, ...(await train(second, 200))]).toEqual(updates);
  expect(second.toCheckpoint()).toEqual(whole.toCheckpoint());
});

test('a run may go on in another engine', async () => {
  const algorithm = a2c()
    .env(poles)
    .policy(actorCriticGru({ encoder: linear(), units: 3 }));
  await using first = algorithm.build({ seed: 1 });
  await train(first, 200);
  await using second = await algorithm.load(first.toCheckpoint(), { engine });
  expect(second.toCheckpoint()).toEqual(first.toCheckpoint());
  expect(await train(second, 20)).toMatchObject([{ step: 220, updates: 11 }]);
});
