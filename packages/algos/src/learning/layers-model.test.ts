import { InvalidFileError, InvalidOptionsError, UnavailableError } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { layersModel, tfjs } from '@pg/nn/tfjs';
import { actorCritic, categorical, createPolicy, decodeCheckedFile, encodeCheckedFile, loadPolicy, mlp } from '@pg/policies';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { a2c } from '../algorithms/a2c.js';
import { reinforce } from '../algorithms/reinforce.js';
import { evaluate } from '../learner/evaluate.js';

const engine = await tfjs({ backend: 'cpu' });

/** A model as a user would build it; `seed` chooses its weights. */
function makeModel({ seed = 1, units = 32 } = {}) {
  const kernelInitializer = tf.initializers.orthogonal({ seed });
  return tf.sequential({ name: 'mine', layers: [tf.layers.dense({ inputShape: [4], units, activation: 'tanh', kernelInitializer })] });
}

describe("a user's TensorFlow.js model learns CartPole", () => {
  test.each([true, false])('with A2C, shared with the critic: %s', async (shared) => {
    await using learner = a2c()
      .env(vectorize(cartPole(), { numEnvs: 8 }))
      .policy(actorCritic({ encoder: layersModel(makeModel()), shared }))
      .options({ lambda: 0.95, learningRate: 3e-3 })
      .build({ seed: 1, engine });
    let [tensors, first, last] = [0, Number.NaN, 0];
    for await (const { episodes, meanReturn } of learner.train({ steps: 40_000 })) {
      tensors ||= tf.memory().numTensors;
      if (Number.isNaN(first) && episodes >= 100) first = meanReturn;
      last = meanReturn;
    }
    expect(tf.memory().numTensors).toBe(tensors);
    expect(first).toBeLessThan(60);
    expect(last).toBeGreaterThan(2 * first);
  });

  test('with REINFORCE, the same with the same seed and weights', async () => {
    const train = async () => {
      await using learner = reinforce()
        .env(vectorize(cartPole({ version: 'v0' }), { numEnvs: 16 }))
        .policy(categorical({ network: layersModel(makeModel()) }))
        .options({ learningRate: 1e-2, standardize: 'batch' })
        .build({ seed: 1, engine });
      const returns: number[] = [];
      for await (const { meanReturn } of learner.train({ steps: 20_000 })) returns.push(meanReturn);
      return { returns, bytes: learner.policy.toBytes() };
    };
    const [first, second] = [await train(), await train()];
    expect(first.returns.at(-1)).toBeGreaterThan(2 * first.returns[0]!);
    expect(second).toEqual(first);
  });
});

describe('a file', () => {
  const policy = createPolicy(actorCritic({ encoder: layersModel(makeModel()), shared: false }), cartPole(), { seed: 1, engine });
  const bytes = policy.toBytes();

  test('is loaded into the model, whatever its weights are', async () => {
    const loaded = await loadPolicy(bytes, { env: cartPole(), engine, network: layersModel(makeModel({ seed: 2 })) });
    expect(loaded.toBytes()).toEqual(bytes);
    expect(await evaluate(loaded, cartPole(), { episodes: 3, engine })).toEqual(await evaluate(policy, cartPole(), { episodes: 3, engine }));
  });

  test('needs the model', async () => {
    await expect(loadPolicy(bytes, { engine })).rejects.toThrow(InvalidOptionsError);
    await expect(loadPolicy(bytes, { engine })).rejects.toThrow(
      'loadPolicy: got no "network"; expected the model that was trained ([4] to [32], weights [4, 32] [32]), which the file has only the weights of. ' +
        'Build it as it was built then, and give network: layersModel(model).',
    );
  });

  test.each([
    [
      'another one',
      layersModel(makeModel({ units: 16 })),
      'got network: layersModel(mine) ([4] to [16], weights [4, 16] [16]); expected the model that was trained',
    ],
    ['another network', mlp([32]), 'got network: mlp([32]), which is no model of yours; expected the model that was trained'],
  ])('refuses %s', async (_, network, message) => {
    await expect(loadPolicy(bytes, { engine, network })).rejects.toThrow(message);
  });

  test('of our own layers takes no model', async () => {
    const own = createPolicy(categorical({ network: mlp([8]) }), cartPole()).toBytes();
    await expect(loadPolicy(own, { engine, network: layersModel(makeModel()) })).rejects.toThrow(
      'expected none: the file says what its network is. Leave "network" out.',
    );
  });

  test('needs the engine, too', async () => {
    await expect(loadPolicy(bytes, { network: layersModel(makeModel()) })).rejects.toThrow(UnavailableError);
    await expect(loadPolicy(bytes, { network: layersModel(makeModel()) })).rejects.toThrow('wasm engine: got layersModel(mine); expected layers of @pg/nn.');
  });

  test('whose model does not fit its layers is refused', async () => {
    const { pg, tensors } = decodeCheckedFile(bytes, 'test');
    const wrong = pg!.replace('"kind":"model","inputShape":[4]', '"kind":"model","inputShape":[5]');
    expect(wrong).not.toBe(pg);
    const load = loadPolicy(encodeCheckedFile(wrong, tensors), { engine, network: layersModel(makeModel()) });
    await expect(load).rejects.toThrow(InvalidFileError);
    await expect(load).rejects.toThrow('got a model behind outputs of shape [4]; expected [5].');
  });
});
