// A saved policy plays Pong, greedily: in the terminal, in a worker thread, or as a page for a browser.
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { parseArguments } from '../shared/arguments.js';
import { explainErrors } from '../shared/explain-errors.js';
import { playGames } from './games.js';
import { show } from './show.js';
import { playInThread, serveGames } from './thread.js';
import { writePage } from './write-page.js';

if (isMainThread) await main();
else serveGames();

async function main() {
  explainErrors();
  const settings = parseArguments({
    purpose: 'A saved policy plays Pong: drawn in the terminal, 30 pictures a second, or as lines of results where there is none.',
    options: {
      policy: { default: '', description: 'file or address of the policy; by default the one that comes with the examples' },
      seed: { default: 0, whole: true, description: 'the root of all randomness: the same seed, the same games' },
      games: { default: 1, whole: true, least: 1, description: 'how many games to play' },
      worker: { default: false, description: 'plays in a worker thread' },
      gif: { default: '', description: 'file for an animated picture of the games' },
      page: { default: '', description: 'file for a page that plays in a browser; nothing is played here' },
    },
  });
  // built programs lie in examples/dist/NAME/
  const policy = settings.policy || fileURLToPath(new URL('../../policies/a2c-pong.safetensors', import.meta.url));
  if (settings.page !== '') return writePage(settings.page, policy);
  const moments = settings.worker ? playInThread(new URL(import.meta.url), policy, settings.seed) : playGames(policy, settings.seed);
  await show(moments, settings);
}
