import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { failOn } from './check.mjs';
import { findChromium } from './find-chromium.mjs';

/**
 * A training run ends in the same state, byte for byte, in Node's main thread, in a worker thread and in a browser. That the page
 * can be built at all shows that the packages bundle for browsers.
 *
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function sameBits() {
  // Loaded late: the packages must have been built, and other checks do not need a browser.
  const { trainAll, twins } = await import('./same-bits/runs.mjs');
  const { trainInBrowser } = await import('./same-bits/in-browser.mjs');
  const expected = await trainAll();
  for (const [own, ...others] of twins)
    failOn(others.filter((name) => expected[name] !== expected[own]).map((name) => `${name}: ended in another state than ${own}.`));
  failOn(differences('a worker thread', await trainInWorker(), expected));
  const chromium = await findChromium();
  const count = Object.keys(expected).length;
  if ('missing' in chromium) return { note: `${count} runs: main thread and worker; browser skipped: ${chromium.missing}` };
  failOn(differences('Chromium', await trainInBrowser(chromium.file), expected));
  return { note: `${count} runs: main thread, worker, Chromium` };
}

/** @returns {Promise<Record<string, string>>} */
async function trainInWorker() {
  const worker = new Worker(new URL('./same-bits/worker.mjs', import.meta.url));
  const [hashes] = await once(worker, 'message');
  await worker.terminate();
  return hashes;
}

/**
 * @param {string} where
 * @param {Record<string, string>} got
 * @param {Record<string, string>} expected
 */
function differences(where, got, expected) {
  const different = Object.keys(expected).filter((name) => got[name] !== expected[name]);
  return different.map((name) => `${name}: ${where} ended in another state than Node's main thread (${got[name]}, not ${expected[name]}).`);
}
