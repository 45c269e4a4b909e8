import { findProgram } from './find-program.mjs';

/** @type {import('./find-program.mjs').Program} */
const CHROMIUM = {
  title: 'Chromium',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  places: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  packages: ['chromium'],
};

/**
 * The Chromium or Chrome of this machine: `CHROME_PATH`, or one on the PATH.
 *
 * @returns {Promise<{ file: string } | { missing: string }>} its path, or why there is none
 * @throws CheckError when there is none in continuous integration
 */
export function findChromium() {
  search ??= findProgram({ ...CHROMIUM, chosen: process.env.CHROME_PATH });
  return search;
}

/** Several checks ask. @type {ReturnType<typeof findProgram> | undefined} */
let search;
