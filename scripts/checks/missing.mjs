import { CheckError } from './check.mjs';

/**
 * The rule for everything that a check needs and the repository does not bring, such as a browser: a developer's machine may lack it, and the check
 * names it as skipped; in continuous integration the check fails.
 *
 * @param {string} reason - `no Chromium found`
 * @returns {{ missing: string }}
 * @throws CheckError in continuous integration
 */
export function missing(reason) {
  if (process.env.CI) throw new CheckError(`${reason}. In continuous integration it has to be there.`);
  return { missing: reason };
}
