import { describeValue, elementSize, InvalidShapeError, ResetRequiredError, type Rng, type Space } from '@pg/core';
import { invalidAction } from '../env/check-action.js';
import type { EnvSpec } from '../env/env.js';
import { envStream } from '../env/single-env.js';
import type { VectorEnv, VectorStep } from './vector-env.js';

/** What every vectorised environment does alike: streams, buffers, the checks at its boundary. */
export abstract class VectorBase<TObs extends Space, TAct extends Space> implements VectorEnv<TObs, TAct> {
  readonly id: string;
  readonly observationSpace: TObs;
  readonly actionSpace: TAct;
  readonly numEnvs: number;
  readonly obsSize: number;
  readonly actionSize: number;
  /** The random stream of each copy. */
  protected readonly rngs: readonly Rng[];
  readonly #buffers: VectorStep;
  #started = false;

  constructor(spec: EnvSpec<TObs, TAct, boolean>, seed: number) {
    const { numEnvs } = spec;
    this.id = spec.id;
    this.observationSpace = spec.observationSpace;
    this.actionSpace = spec.actionSpace;
    this.numEnvs = numEnvs;
    this.obsSize = elementSize(spec.observationSpace);
    this.actionSize = elementSize(spec.actionSpace);
    this.rngs = Array.from({ length: numEnvs }, (_, index) => envStream(seed, index));
    this.#buffers = {
      obs: new Float32Array(numEnvs * this.obsSize),
      rewards: new Float32Array(numEnvs),
      terminated: new Uint8Array(numEnvs),
      truncated: new Uint8Array(numEnvs),
      finalObs: new Float32Array(numEnvs * this.obsSize),
    };
  }

  reset(obs: Float32Array = this.#buffers.obs): Float32Array {
    this.#checkLength('reset', 'obs', obs, this.numEnvs * this.obsSize);
    this.resetAll(obs);
    this.#started = true;
    return obs;
  }

  step(actions: Int32Array | Float32Array, out: VectorStep = this.#buffers): VectorStep {
    if (!this.#started) {
      throw new ResetRequiredError({
        where: `${this.id}.step`,
        got: 'a step before the first reset',
        expected: 'running episodes',
        remedy: 'Call reset() first.',
      });
    }
    this.#checkActions(actions);
    if (out !== this.#buffers) this.#checkBuffers(out);
    this.stepAll(actions, out);
    return out;
  }

  /** Starts an episode in every copy. */
  protected abstract resetAll(obs: Float32Array): void;

  /** Steps every copy with checked actions. */
  protected abstract stepAll(actions: Int32Array | Float32Array, out: VectorStep): void;

  #checkActions(actions: Int32Array | Float32Array): void {
    const { actionSpace: space, actionSize } = this;
    this.#checkLength('step', 'actions', actions, this.numEnvs * actionSize);
    for (let i = 0; i < actions.length; i++) {
      const action = actions[i]!;
      const inside =
        space.kind === 'discrete'
          ? action >= 0 && action < space.size && Number.isInteger(action)
          : action >= space.low[i % actionSize]! && action <= space.high[i % actionSize]!;
      if (!inside) throw this.#outside(actions, Math.floor(i / actionSize));
    }
  }

  #outside(actions: Int32Array | Float32Array, index: number) {
    const action = this.actionSpace.kind === 'discrete' ? actions[index] : actions.slice(index * this.actionSize, (index + 1) * this.actionSize);
    return invalidAction(`${this.id} (copy ${index})`, this.actionSpace, action);
  }

  #checkBuffers({ obs, rewards, terminated, truncated, finalObs }: VectorStep): void {
    const { numEnvs, obsSize } = this;
    this.#checkLength('step', 'out.obs', obs, numEnvs * obsSize);
    this.#checkLength('step', 'out.rewards', rewards, numEnvs);
    this.#checkLength('step', 'out.terminated', terminated, numEnvs);
    this.#checkLength('step', 'out.truncated', truncated, numEnvs);
    this.#checkLength('step', 'out.finalObs', finalObs, numEnvs * obsSize);
  }

  #checkLength(method: string, name: string, array: ArrayBufferView & ArrayLike<number>, expected: number): void {
    if (ArrayBuffer.isView(array) && array.length === expected) return;
    throw new InvalidShapeError({
      where: `${this.id}.${method}`,
      got: ArrayBuffer.isView(array) ? `${name} with ${array.length} numbers` : `${name}: ${describeValue(array)}`,
      expected: `a typed array of ${expected} for ${this.numEnvs} environments`,
      remedy: 'Pass one flat array for all environments.',
    });
  }
}
