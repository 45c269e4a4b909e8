import {
  describeSpace,
  describeValue,
  elementSize,
  IncompatiblePolicyError,
  InvalidShapeError,
  isFloat32Array,
  isNormalized,
  NonFiniteError,
  type ObservationScaling,
  scaleObservations,
} from '@pg/core';
import { type CompiledNetwork, type Distribution, type DistributionSpec, type Engine, writableInput } from '@pg/nn';
import type { PolicyModel, PolicySpaces } from '../specs/policy-spec.js';
import { type Masks, writeMasks } from './action-mask.js';

/** What rows are of. */
export interface RowsParts extends PolicySpaces {
  readonly model: PolicyModel;
  readonly engine: Engine;
}

/** What goes into rows. */
export interface RowsInput {
  /** `[count, observation size]`, or a choice. */
  readonly obs: number | ArrayLike<number>;
  /** How many observations. */
  readonly count: number;
  /** `[count, n]`: what is allowed; everything by default. */
  readonly masks?: Masks | undefined;
  /** What observations are scaled by. */
  readonly scaling: ObservationScaling | undefined;
}

/** A policy's network with room for some rows, and the checks of what goes into them. A row is an environment of its own. */
export class NetworkRows {
  readonly network: CompiledNetwork;
  readonly #input: ReturnType<typeof writableInput>;
  readonly #spaces: PolicySpaces;
  readonly #obsSize: number;

  constructor({ observationSpace, actionSpace, model, engine }: RowsParts, rows: number) {
    this.#spaces = { observationSpace, actionSpace };
    this.#obsSize = elementSize(observationSpace);
    this.network = engine.compile(model.network, { rows, distribution: withMasks(model.distribution), sequence: { numEnvs: rows } });
    this.#input = writableInput(this.network);
  }

  /**
   * Runs the network on observations, in its first rows.
   *
   * @throws InvalidShapeError, NonFiniteError, InvalidActionError, InvalidOptionsError, IncompatiblePolicyError for what is wrong with them or
   *   their masks
   */
  forward(where: string, { obs, count, masks, scaling }: RowsInput): Distribution {
    const { network } = this;
    this.#checkLength(where, obs, count);
    refuseNormalized(where, obs, scaling);
    const input = this.#input;
    if (typeof obs === 'number') input[0] = obs;
    else input.set(obs);
    const used = input.subarray(0, count * this.#obsSize);
    const seen = isFloat32Array(used) ? used : obs;
    if (!allFinite(seen)) throw nonFinite(where, obs, count);
    if (scaling) scaleObservations(used as Float32Array, scaling);
    writeMasks(where, masks, { into: network.distribution.masks, count, space: this.#spaces.actionSpace });
    network.forward(0, count);
    return network.distribution;
  }

  #checkLength(where: string, obs: number | ArrayLike<number>, count: number): void {
    const length = typeof obs === 'object' ? obs?.length : typeof obs === 'number' ? 1 : undefined;
    if (length === count * this.#obsSize) return;
    throw new InvalidShapeError({
      where,
      got: `${count === 1 ? 'an observation' : 'observations'} of ${describeValue(obs)}`,
      expected: `${count === 1 ? '' : `${count} × `}${this.#obsSize} numbers (${describeSpace(this.#spaces.observationSpace)})`,
      remedy: count === 1 ? 'Pass one observation.' : 'Pass one flat array with an observation of each environment.',
    });
  }
}

/** Refuses to scale observations a second time. Hot: no allocation. */
export function refuseNormalized(where: string, obs: unknown, scaling: ObservationScaling | undefined): void {
  if (scaling === undefined || !isNormalized(obs)) return;
  throw new IncompatiblePolicyError({
    where,
    got: 'observations that the environment has normalised, for a policy that normalises them itself',
    expected: 'observations as the environment gives them without normalizeObservations()',
    remedy: 'Make the environment with withoutNormalization(spec).make(). Or set policy.observationScaling to undefined, and restore env.normalization.',
  });
}

/** Any softmax can be masked; masks that allow everything change no bit. */
function withMasks(distribution: DistributionSpec): DistributionSpec {
  return distribution.kind === 'categorical' ? { ...distribution, masked: true } : distribution;
}

function allFinite(numbers: number | ArrayLike<number>): boolean {
  if (typeof numbers === 'number') return Number.isFinite(numbers);
  for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i])) return false;
  return true;
}

function nonFinite(where: string, obs: number | ArrayLike<number>, count: number): NonFiniteError {
  const numbers = typeof obs === 'number' ? [obs] : Array.from(obs);
  const at = numbers.findIndex((number) => !Number.isFinite(number));
  const row = Math.floor((at * count) / numbers.length);
  return new NonFiniteError({
    where,
    got: count === 1 ? `the observation ${describeValue(obs)}` : `${numbers[at]} in observation ${row}`,
    expected: 'finite numbers',
    remedy: 'Look for where the observation is made.',
  });
}
