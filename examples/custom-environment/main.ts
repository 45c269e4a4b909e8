// An environment of one's own: three pure functions and a picture. Proximal policy optimisation learns to keep a room near 21 °C.
import { ppo } from '@pg/algos';
import { box, discrete } from '@pg/core';
import { blankPicture, defineEnv, fillRectangle, strokeLine, vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';
import { exampleArguments } from '../shared/example-arguments.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

const name = 'custom-environment';
const settings = exampleArguments({
  name,
  purpose: 'PPO learns to heat a room, an environment that is defined in this example.',
  budget: { steps: 200_000 },
  checkpointEvery: 20,
  options: {
    envs: { default: 8, whole: true, least: 1, description: 'copies of the environment' },
    rate: { default: 1e-3, least: 0, description: 'learning rate of Adam' },
  },
});

/** A day in steps of five minutes; the actions are off, low and high. */
const thermostat = defineEnv({
  id: 'Thermostat-v0',
  observation: box({ shape: [2], low: [-3, -3], high: [3, 3] }), // inside and outside, in tens of degrees from 21 °C
  action: discrete(3),
  maxSteps: 288, // the time limit: the library reports `truncated`, never the environment
  init: (rng) => ({ inside: rng.uniform(10, 15), outside: rng.uniform(-5, 5) }),
  step: ({ inside, outside }, heat, rng) => {
    const next = inside + 0.1 * (outside - inside) + 2 * heat + 0.05 * rng.normal();
    return { state: { inside: next, outside }, reward: 1 - 0.2 * Math.abs(next - 21), terminated: next > 45 };
  },
  observe: ({ inside, outside }) => [(inside - 21) / 10, (outside - 21) / 10],
  render({ inside }) {
    const picture = blankPicture({ width: 80, height: 200 }, [255, 255, 255]);
    const height = Math.max(0, Math.min(190, 4 * inside));
    fillRectangle(picture, { left: 30, top: 195 - height, width: 20, height }, inside > 21 ? [213, 94, 0] : [0, 114, 178]);
    strokeLine(picture, { from: [20, 195 - 4 * 21], to: [60, 195 - 4 * 21], thickness: 2 }, [0, 0, 0]);
    return picture;
  },
});

const algorithm = ppo()
  .env(vectorize(thermostat, { numEnvs: settings.envs }))
  .policy(actorCritic({ encoder: mlp([32]) }))
  .options({ gamma: 0.95, learningRate: settings.rate, minibatchSize: 256 });

const example = { name, environment: thermostat, algorithm, settings };
if (settings.test) await testPolicy(example);
else {
  const run = await startRun(example);
  for await (const update of run.train()) await run.record(update);
  await run.finish();
}
