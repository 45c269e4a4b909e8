/** An environment of ours that can be put into any state. */
export class Player {
  #env;
  #observe;
  #snapshot;
  #toState;

  /**
   * @param {import('@pg/envs').EnvSpec<any, any>} spec
   * @param {Pick<import('./games.mjs').Game, 'toState'>} game
   */
  constructor(spec, { toState = (state) => state.slice() }) {
    this.#env = spec.make();
    this.#env.reset();
    this.#snapshot = this.#env.snapshot();
    this.#observe = spec['~source'].definition.observe;
    this.#toState = toState;
  }

  /** The state in which it is. @returns {Float64Array} */
  get state() {
    return /** @type {any} */ (this.#env.snapshot().data).copy.dynamics.state;
  }

  /**
   * Puts it into a state of Gymnasium's.
   *
   * @param {Float64Array} state
   * @param {number} elapsed - steps of the episode so far
   */
  put(state, elapsed) {
    const { copy, ...data } = /** @type {{ copy: { dynamics: object } }} */ (this.#snapshot.data);
    const dynamics = { ...copy.dynamics, state: this.#toState(state, elapsed) };
    this.#env.restore({ ...this.#snapshot, data: { ...data, copy: { elapsed, dynamics } } });
  }

  /** What is seen in its state. @returns {Float32Array} */
  observe() {
    return Float32Array.from(/** @type {Float32Array} */ (this.#observe(this.state)));
  }

  /**
   * @param {number} action
   * @returns {import('@pg/envs').StepResult<import('@pg/core').Box>}
   */
  step(action) {
    return this.#env.step(this.#env.actionSpace.kind === 'discrete' ? action : Float32Array.of(action));
  }
}
