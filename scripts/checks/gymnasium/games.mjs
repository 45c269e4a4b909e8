/**
 * One environment, here and there.
 *
 * @typedef {object} Game
 * @property {string} id - of both libraries
 * @property {number} episodes
 * @property {Record<string, unknown>} [options] - for `make`
 * @property {Record<string, unknown>} [attributes] - the same for Gymnasium, as attributes of its environment
 * @property {number} size - numbers in its state
 * @property {number} obsSize
 * @property {(state: Float64Array, elapsed: number) => Float64Array} [toState] - Gymnasium's state as ours
 * @property {number} [firstObs] - how far a first observation may be off; 0 unless given
 * @property {number} [held] - the share of episodes that have to stay together from the first step to the last; 1 unless given
 */

/** Which of its states the continuous car is in; see its dynamics. @type {Game['toState']} */
const withStarted = (state, elapsed) => Float64Array.of(...state, elapsed > 0 ? 1 : 0);

// The first observation is taken of float32 angles by NumPy's own float32 cosine, which is not always the nearest. The motion is
// chaotic: of 1,000 episodes 46 part here, and 28 of Gymnasium's own under a C library that rounds a few sines otherwise.
const acrobot = { id: 'Acrobot-v1', size: 4, obsSize: 6, firstObs: 2 ** -24, held: 0.9 };
// Balanced for hundreds of steps, the state of `cartPole` is off in its last bits, which now and then rounds to the neighbouring float32.
const cartPole = { id: 'CartPole-v1', size: 4, obsSize: 4, held: 0.99 };
const continuousCar = { id: 'MountainCarContinuous-v0', size: 2, obsSize: 2, toState: withStarted };
const car = { id: 'MountainCar-v0', size: 2, obsSize: 2 };
const pendulum = { id: 'Pendulum-v1', size: 2, obsSize: 3 };

/** The longest first. @type {readonly Game[]} */
export const games = [
  { ...pendulum, episodes: 1000 },
  { ...acrobot, episodes: 1000 },
  { ...continuousCar, episodes: 1000 },
  { ...car, episodes: 1000 },
  { ...cartPole, episodes: 1000 },
  { ...pendulum, episodes: 20, options: { g: 9.81 }, attributes: { g: 9.81 } },
  { ...acrobot, episodes: 20, options: { dynamics: 'nips' }, attributes: { book_or_nips: 'nips' } },
  { ...continuousCar, episodes: 20, options: { goalVelocity: 0.02 }, attributes: { goal_velocity: 0.02 } },
  { ...car, episodes: 20, options: { goalVelocity: 0.04 }, attributes: { goal_velocity: 0.04 } },
];
