import { Player } from './player.mjs';

/** @typedef {import('./games.mjs').Game} Game */
/** @typedef {import('./read-episodes.mjs').Row} Row */

/** How far a state or a reward may be off. */
const NEAR = 1e-9;

/**
 * What was found in one game.
 *
 * @typedef {object} Comparison
 * @property {string[]} complaints
 * @property {number} steps
 * @property {number} parted - episodes that did not stay together to their end
 */

/**
 * Plays Gymnasium's episodes here, each twice: one step from each of its states, and from its first state to its end.
 *
 * @param {Game} game
 * @param {import('@pg/envs').EnvSpec<any, any>} spec
 * @param {Row[][]} episodes
 * @returns {Comparison}
 */
export function compare(game, spec, episodes) {
  const player = new Player(spec, game);
  /** @param {(player: Player, game: Game, rows: Row[]) => string | undefined} play */
  const differences = (play) =>
    episodes.flatMap((rows, episode) => {
      const difference = play(player, game, rows);
      return difference === undefined ? [] : [`${game.id}, episode ${episode}: ${difference}`];
    });
  const apart = differences(stepByStep);
  const parted = differences(toTheEnd);
  const allowed = Math.floor(episodes.length * (1 - (game.held ?? 1)));
  return {
    complaints: [...apart.slice(0, 3), ...(parted.length > allowed ? parted.slice(0, 3) : [])],
    steps: episodes.reduce((sum, rows) => sum + rows.length - 1, 0),
    parted: parted.length,
  };
}

/**
 * Takes one step from each state of an episode. Returns the first difference.
 *
 * @param {Player} player
 * @param {Game} game
 * @param {Row[]} rows
 */
function stepByStep(player, game, rows) {
  for (const [t, { state }] of rows.slice(0, -1).entries()) {
    player.put(state, t);
    const difference = step(player, game, /** @type {Row} */ (rows[t + 1]));
    if (difference !== undefined) return `step ${t + 1}: ${difference}`;
  }
  return undefined;
}

/**
 * Plays an episode from its first state to its end. Returns the first difference.
 *
 * @param {Player} player
 * @param {Game} game
 * @param {Row[]} rows
 */
function toTheEnd(player, game, rows) {
  const first = /** @type {Row} */ (rows[0]);
  player.put(first.state, 0);
  const seen = player.observe();
  if (farthest(seen, first.obs) > (game.firstObs ?? 0)) return `first observation ${seen}, not ${first.obs}`;
  for (const [t, row] of rows.slice(1).entries()) {
    const difference = step(player, game, row);
    if (difference !== undefined) return `step ${t + 1} in a row: ${difference}`;
  }
  return undefined;
}

/**
 * Takes a step that Gymnasium took. Returns what differs.
 *
 * @param {Player} player
 * @param {Game} game
 * @param {Row} row
 */
function step(player, { size }, { action, reward, terminated, truncated, state, obs }) {
  const got = player.step(action);
  const reached = player.state.subarray(0, size);
  if (!(farthest(reached, state) <= NEAR)) return `state ${reached}, not ${state}`;
  if (farthest(got.obs, obs) !== 0) return `observation ${got.obs}, not ${obs}`;
  if (!(Math.abs(got.reward - reward) <= NEAR)) return `reward ${got.reward}, not ${reward}`;
  if (got.terminated === terminated && got.truncated === truncated) return undefined;
  return `terminated ${got.terminated} and truncated ${got.truncated}, not ${terminated} and ${truncated}`;
}

/**
 * @param {ArrayLike<number>} got
 * @param {ArrayLike<number>} expected
 */
function farthest(got, expected) {
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const distance = Math.abs(Number(got[i]) - Number(expected[i]));
    if (!(distance <= most)) most = distance;
  }
  return most;
}
