import { describeValue, InvalidOptionsError, parseOptions } from '@pg/core';
import { type DenseLayer, dense, type Initializer } from '@pg/nn';
import * as z from 'zod/mini';

/** How a policy's last layer is made. */
export interface OutputOptions {
  /** Whether it has a bias; true by default. */
  readonly bias?: boolean;
  /** Its weight's starting values; orthogonal by default, small for actions, so that the first are nearly uniform. */
  readonly weightInit?: Initializer;
}

/** How the last layers of a policy with a critic are made. */
export interface ActorCriticOutputs {
  /** The one that actions are drawn from. */
  readonly output?: OutputOptions;
  /** The value's. */
  readonly valueOutput?: OutputOptions;
}

/** Their names. */
export const outputKeys = ['output', 'valueOutput'] as const;

const schema = z.strictObject({
  bias: z.optional(z.boolean()),
  weightInit: z.optional(z.custom<Initializer>((value) => typeof value === 'function', { error: 'an initialiser of @pg/nn' })),
});

/**
 * Checks how a last layer is to be made.
 *
 * @throws InvalidOptionsError when an option is unknown or of another kind
 */
export function requireOutput(where: string, key: string, options: OutputOptions | undefined): OutputOptions {
  if (options === undefined) return {};
  if (typeof options === 'object' && options !== null) return parseOptions(`${where}, ${key}`, schema, options) as OutputOptions;
  throw new InvalidOptionsError({ where, got: `${key}: ${describeValue(options)}`, expected: '{ bias, weightInit }', remedy: `Change "${key}".` });
}

/** Checks both of a policy with a critic. */
export function requireOutputs(where: string, { output, valueOutput }: ActorCriticOutputs): Required<ActorCriticOutputs> {
  return { output: requireOutput(where, 'output', output), valueOutput: requireOutput(where, 'valueOutput', valueOutput) };
}

/** The last layer, with an initialiser where none was chosen. */
export function outputLayer(units: number, { bias = true, weightInit }: OutputOptions, byDefault: Initializer): DenseLayer {
  return dense(units, { bias, weightInit: weightInit ?? byDefault });
}
