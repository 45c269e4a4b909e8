/**
 * One step of `npm test`.
 *
 * @typedef {object} Check
 * @property {string} name - what `--only` takes
 * @property {(context: Context) => Promise<Outcome | void>} run - throws when the check fails, with all there is to say
 *
 * @typedef {object} Outcome
 * @property {string} [note] - shown after the duration
 * @property {number} [passed] - when the check counts its own tests
 * @property {number} [failed]
 * @property {string} [output] - what failed
 *
 * @typedef {object} Context
 * @property {string} scratch - an empty folder for the whole run
 * @property {() => Promise<Tarball[]>} tarballs - the packages as they would be published
 *
 * @typedef {object} Tarball
 * @property {string} name - `@pg/core`
 * @property {string} file - absolute path of the .tgz
 * @property {Map<string, Buffer>} entries - contents by path, `dist/index.js`
 */

/** A check that failed; the message is for the reader, the stack is not. */
export class CheckError extends Error {
  name = 'CheckError';
}

/**
 * Fails with all complaints at once.
 *
 * @param {string[]} complaints
 */
export function failOn(complaints) {
  if (complaints.length > 0) throw new CheckError(complaints.join('\n'));
}
