import { describeValue, InvalidOptionsError } from '@pg/core';
import { zeros } from '../initializers/constant.js';
import type { Initializer } from '../initializers/initializer.js';
import { orthogonal } from '../initializers/orthogonal.js';
import { checkLayerOptions } from '../options/check-layer-options.js';

/** What `lstm` and `gru` can be told. */
export interface RecurrentOptions {
  /** The input weight's starting values, drawn [inputs, units] for one gate after the other; orthogonal by default. */
  readonly weightInit?: Initializer;
  /** The recurrent weight's starting values, drawn [units, units] for one gate after the other; orthogonal by default. */
  readonly recurrentInit?: Initializer;
  /** The starting values of both biases, [1, gates·units] each; zeros by default. */
  readonly biasInit?: Initializer;
}

/** A recurrent layer's settings, complete. */
export interface RecurrentSettings extends Required<RecurrentOptions> {
  /** Size of the state, which is the output. */
  readonly units: number;
}

/** Checks what a recurrent layer was told and fills in the defaults. */
export function recurrentSettings(where: string, units: number, options: RecurrentOptions): RecurrentSettings {
  if (!Number.isSafeInteger(units) || units < 1) {
    throw new InvalidOptionsError({
      where,
      got: `units: ${describeValue(units)}`,
      expected: 'a positive whole number',
      remedy: `Give the size of the state, for example ${where}(256).`,
    });
  }
  checkLayerOptions(where, options, ['weightInit', 'recurrentInit', 'biasInit']);
  const { weightInit = orthogonal(), recurrentInit = orthogonal(), biasInit = zeros() } = options;
  return { units, weightInit, recurrentInit, biasInit };
}
