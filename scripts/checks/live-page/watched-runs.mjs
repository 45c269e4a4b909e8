import { createHash } from 'node:crypto';
import { get } from 'node:http';
import { a2c } from '@pg/algos';
import { cartPole, vectorize } from '@pg/envs';
import { watchRun } from '@pg/monitor';
import { actorCritic, actorCriticLstm, mlp } from '@pg/policies';

const algorithm = a2c()
  .env(vectorize(cartPole(), { numEnvs: 4 }))
  .options({ rolloutLength: 16 });

/** What is trained, watched by drawn actions and by the most probable ones. */
const runs = {
  'A2C, dense': (/** @type {number} */ seed) => algorithm.policy(actorCritic({ encoder: mlp([32]) })).build({ seed }),
  'A2C, recurrent': (/** @type {number} */ seed) => algorithm.policy(actorCriticLstm({ encoder: mlp([16]), units: 8 })).build({ seed }),
};

/**
 * Trains each run watched and unwatched.
 *
 * @returns {Promise<string[]>} those that ended in other states
 */
export async function differences() {
  const complaints = [];
  for (const [name, make] of Object.entries(runs)) {
    const expected = await unwatched(make(5));
    for (const greedy of [true, false]) {
      const { hash, pictures } = await watched(make(5), greedy);
      if (hash !== expected) complaints.push(`${name}: watched, with ${greedy ? 'the most probable' : 'drawn'} actions, it ended in another state.`);
      if (pictures === 0) complaints.push(`${name}: nothing was played, so nothing was tested.`);
    }
  }
  return complaints;
}

/** @typedef {ReturnType<(typeof runs)[keyof typeof runs]>} Trained */

/** @param {Trained} trained */
async function unwatched(trained) {
  for await (const _ of trained.train({ steps: 8000 }));
  return hashOf(trained);
}

/**
 * @param {Trained} trained
 * @param {boolean} greedy
 */
async function watched(trained, greedy) {
  const page = await watchRun({ stream: { write: () => {} } });
  page.play(trained, cartPole().make({ seed: 9 }), { fps: 120, greedy });
  let pictures = 0;
  const request = get(`${page.url}events?pictures`, (response) => {
    response.setEncoding('utf8').on('data', (chunk) => {
      pictures += chunk.split('event: clip').length - 1;
    });
  });
  for await (const update of trained.train({ steps: 8000 })) {
    page.update(update);
    // long enough for some pictures
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const hash = hashOf(trained);
  request.destroy();
  await page.close();
  return { hash, pictures };
}

/** @param {Trained} trained */
function hashOf(trained) {
  const hash = createHash('sha256').update(trained.toCheckpoint()).digest('hex');
  trained.dispose();
  return hash;
}
