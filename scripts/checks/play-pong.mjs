import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from '../lib/run.mjs';
import { root } from '../lib/workspace.mjs';
import { failOn } from './check.mjs';
import { findChromium } from './find-chromium.mjs';
import { withPage } from './launch-chromium.mjs';

/**
 * The policy that comes with the examples plays the same game of Pong in Node, in a worker thread and in a page, and wins it.
 *
 * @param {import('./check.mjs').Context} context
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function playPong({ scratch }) {
  const gif = path.join(scratch, 'pong.gif');
  const result = resultOf(await play('--gif', gif));
  failOn(/^21 to \d+ in \d+ steps$/.test(result) ? [] : [`The policy did not win: ${result}.`]);
  failOn(statSync(gif).size > 10_000 ? [] : [`The recording has ${statSync(gif).size} bytes only.`]);
  const inWorker = resultOf(await play('--worker'));
  failOn(inWorker === result ? [] : [`A worker thread plays another game: ${inWorker}, not ${result}.`]);
  const file = path.join(scratch, 'pong.html');
  await play('--page', file);
  const chromium = await findChromium();
  if ('missing' in chromium) return { note: `${result}: main thread, worker; page skipped: ${chromium.missing}` };
  const inPage = await withPage(chromium.file, (page) => playInPage(page, file));
  failOn(inPage === result ? [] : [`The page plays another game: ${inPage}, not ${result}.`]);
  return { note: `${result}: main thread, worker, Chromium` };
}

/** @param {string[]} args */
function play(...args) {
  return run(process.execPath, [path.join(root, 'examples/dist/play-pong/main.js'), ...args], { label: 'running the example play-pong' });
}

/** @param {string} output - `Game 1: 21 to 3 in 1900 steps.` */
function resultOf(output) {
  return /^Game 1: (.*)\.$/m.exec(output)?.[1] ?? output;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} file
 */
async function playInPage(page, file) {
  await page.goto(pathToFileURL(file).href);
  await page.selectOption('#speed', { label: 'as fast as possible' });
  return (await page.locator('#games li').first().textContent({ timeout: 120_000 })) ?? 'nothing';
}
