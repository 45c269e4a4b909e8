import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { mapLimited, run } from '../lib/run.mjs';
import { failOn } from './check.mjs';
import { compare } from './gymnasium/compare.mjs';
import { findGymnasium } from './gymnasium/find-gymnasium.mjs';
import { games } from './gymnasium/games.mjs';
import { readEpisodes } from './gymnasium/read-episodes.mjs';
import { missing } from './missing.mjs';

const PLAY = fileURLToPath(new URL('./gymnasium/play.py', import.meta.url));
/** Then NumPy takes the C library's sine on every machine, not a faster one where there is AVX-512. */
const SAME_SINE = { NPY_DISABLE_CPU_FEATURES: 'X86_V4 AVX512_ICL AVX512_SPR' };

/**
 * Random episodes of classic control are the same here as in Gymnasium: states and rewards within 1e-9, observations and ends exactly.
 * So is one step from each of their states in all environments, and the whole of each episode in those that are not chaotic. Needs Python and a package registry, which a continuous-integration machine has to have.
 *
 * @param {import('./check.mjs').Context} context
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function gymnasium({ scratch }) {
  const found = await findGymnasium();
  if ('missing' in found) {
    const { missing: reason } = missing(`${found.missing}\nInstall Python 3.11 or newer, with pip and venv`);
    return { note: `skipped: ${reason.split('\n').at(-2)}` };
  }
  // Loaded late: the packages must have been built.
  const { make } = await import('@pg/envs');
  const comparisons = await mapLimited(games, 2, async (game) => {
    const file = path.join(scratch, `gymnasium-${games.indexOf(game)}.bin`);
    await run(found.file, [PLAY, file, game.id, `${game.episodes}`, JSON.stringify(game.attributes ?? {})], { env: SAME_SINE });
    return { ...compare(game, make(/** @type {string} */ (game.id), game.options), readEpisodes(file, game)), game };
  });
  failOn(comparisons.flatMap(({ complaints }) => complaints));
  const [episodes, steps] = [sum(games.map((game) => game.episodes)), sum(comparisons.map((comparison) => comparison.steps))];
  const parted = comparisons.filter((each) => each.parted > 0).map((each) => `${each.parted} of ${each.game.id}`);
  return { note: `${episodes} episodes, ${steps} steps${parted.length > 0 ? `; parted on the way: ${parted.join(', ')}` : ''}` };
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
