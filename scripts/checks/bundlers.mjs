import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { failOn } from './check.mjs';
import { findChromium } from './find-chromium.mjs';
import { withPage } from './launch-chromium.mjs';

/**
 * A3C trains on two workers in pages as Vite, esbuild and webpack build them, and says why where it cannot.
 *
 * @param {import('./check.mjs').Context} context
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function bundlers({ scratch }) {
  // Loaded late: the packages must have been built.
  const { pages } = await import('./bundlers/builds.mjs');
  const { faultsIn } = await import('./bundlers/faults.mjs');
  const chromium = await findChromium();
  if ('missing' in chromium) return { note: `skipped: ${chromium.missing}` };
  for (const [name, serve] of Object.entries(pages)) {
    const folder = path.join(scratch, 'bundlers', name);
    mkdirSync(folder, { recursive: true });
    failOn(complaints(await trainOn(chromium.file, await serve(folder))).map((complaint) => `${name}: ${complaint}`));
  }
  failOn(await faultsIn(chromium.file, path.join(scratch, 'bundlers', 'faults')));
  return { note: `${Object.keys(pages).join(', ')}: two workers in Chromium` };
}

/** @typedef {{ failed: string } | { updates: number[], workers: number, step: number, ahead: number }} Trained */

/**
 * @param {string} chromium
 * @param {{ url: string, close(): unknown }} server - of a page
 * @returns {Promise<Trained>}
 */
async function trainOn(chromium, server) {
  try {
    return await withPage(chromium, async (page) => {
      await page.goto(server.url);
      return page.evaluate('trained');
    });
  } finally {
    await server.close();
  }
}

/** @param {Trained} trained */
function complaints(trained) {
  if ('failed' in trained) return [trained.failed];
  const { updates, workers, step, ahead } = trained;
  const numbers = updates.map((_, i) => i + 1);
  return [
    ...(updates.length >= 100 && updates.join() === numbers.join() ? [] : [`updates are numbered ${updates.join(' ')}`]),
    ...(workers === 2 ? [] : [`${workers} of two workers have made updates`]),
    ...(step === 10 * (updates.length + ahead) && ahead >= 0 ? [] : [`${step} steps after ${updates.length} updates of 10 and ${ahead} that were not read`]),
  ];
}
