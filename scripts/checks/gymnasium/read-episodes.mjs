import { readFileSync } from 'node:fs';

/**
 * A row of what Gymnasium did; an episode's first one has no action.
 *
 * @typedef {object} Row
 * @property {number} action
 * @property {number} reward
 * @property {boolean} terminated
 * @property {boolean} truncated
 * @property {Float64Array} state
 * @property {Float64Array} obs
 */

/**
 * The episodes that `play.py` wrote.
 *
 * @param {string} file
 * @param {import('./games.mjs').Game} game
 * @returns {Row[][]}
 */
export function readEpisodes(file, { size, obsSize }) {
  const bytes = readFileSync(file);
  const numbers = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const width = 4 + size + obsSize;
  /** @type {Row[][]} */
  const episodes = [];
  for (let at = 0; at < numbers.length; at += width) {
    const [action = 0, reward = 0, terminated, truncated] = numbers.subarray(at, at + 4);
    if (Number.isNaN(action)) episodes.push([]);
    const state = numbers.subarray(at + 4, at + 4 + size);
    const obs = numbers.subarray(at + 4 + size, at + width);
    episodes.at(-1)?.push({ action, reward, terminated: terminated === 1, truncated: truncated === 1, state, obs });
  }
  return episodes;
}
