// Trains for a moment, then shows an episode: in the terminal, as an animated GIF and as a PNG of its last state.
import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { reinforce } from '@pg/algos';
import { linearSchedule } from '@pg/core';
import { cartPole, resizePicture, toAnsi, vectorize } from '@pg/envs';
import { freeDirectory, gifRecorder, progressBar, writePng } from '@pg/monitor';
import { categorical, linear } from '@pg/policies';
import { parseArguments } from '../shared/arguments.js';

const { seed, steps, name } = parseArguments('Trains REINFORCE on CartPole-v0 and shows an episode.', {
  seed: { default: 0, whole: true, description: 'the root of all randomness: the same seed, the same episode' },
  steps: { default: 3_200_000, whole: true, least: 1, description: 'environment steps to train for; few make a short episode' },
  name: { default: '', description: 'folder below runs/ for the results' },
});
const directory = name ? join('runs', name) : freeDirectory('runs', `watch-cartpole-seed-${seed}`);

const environment = cartPole({ version: 'v0' });
const learner = reinforce()
  .env(vectorize(environment, { numEnvs: 32 }))
  .policy(categorical({ network: linear() }))
  .options({ gamma: 0.99, rolloutLength: 1000, learningRate: linearSchedule(0.1, 0) })
  .build({ seed });
const bar = progressBar({ total: steps });
for await (const update of learner.train({ steps })) bar.update(update);
bar.stop();
await learner.save(join(directory, 'policy.safetensors'));

const { isTTY, columns, rows } = process.stdout;
const show = async (picture: ReturnType<typeof env.render>) => {
  if (!isTTY) return; // a log file is no film
  console.log(`\u001b[H${toAnsi(picture, { columns, rows: rows - 1 })}`); // \u001b[H: from the upper left corner on
  await setTimeout(20);
};

const env = environment.make({ seed });
const recorder = gifRecorder(join(directory, 'episode.gif'), { fps: 50 });
if (isTTY) console.log('\u001b[2J'); // an empty screen
let obs = env.reset();
for (let ended = false; !ended; ) {
  recorder.add(resizePicture(env.render(), { width: 300, height: 200 }));
  await show(env.render());
  const { obs: next, terminated, truncated } = env.step(learner.act(obs, { greedy: true }));
  obs = next;
  ended = terminated || truncated;
}
recorder.save();
writePng(join(directory, 'last.png'), env.render());
console.log(`An episode of ${recorder.frames} steps is in ${relative('.', directory)}/episode.gif, its end in last.png.`);
env.close();
learner.dispose();
