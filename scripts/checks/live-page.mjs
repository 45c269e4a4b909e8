import { fileURLToPath } from 'node:url';
import { run } from '../lib/run.mjs';
import { failOn } from './check.mjs';
import { findChromium } from './find-chromium.mjs';

/**
 * The page on which runs are watched, as it is built: a watched run ends in the same state as an unwatched one, a program that leaves its page
 * open ends, and the page does in a browser what it should.
 *
 * @param {import('./check.mjs').Context} context
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function livePage({ scratch }) {
  // Loaded late: the packages must have been built, and other checks do not need a browser.
  const { differences } = await import('./live-page/watched-runs.mjs');
  failOn(await differences());
  await run(process.execPath, [fileURLToPath(new URL('./live-page/left-open.mjs', import.meta.url))], {
    timeout: 60_000,
    label: 'a program that leaves its page open',
  });
  const chromium = await findChromium();
  if ('missing' in chromium) return { note: `browser skipped: ${chromium.missing}` };
  const { openPages } = await import('./live-page/in-browser.mjs');
  failOn(await openPages(chromium.file, scratch));
  return { note: 'same bits, Chromium' };
}
