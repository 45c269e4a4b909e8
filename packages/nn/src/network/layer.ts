import { describeValue, InvalidOptionsError } from '@pg/core';
import { zeros } from '../initializers/constant.js';
import type { Initializer } from '../initializers/initializer.js';
import { orthogonal } from '../initializers/orthogonal.js';
import { checkLayerOptions } from '../options/check-layer-options.js';
import type { Conv2dLayer } from './conv2d.js';
import type { FlattenLayer } from './flatten.js';
import type { GruLayer } from './gru.js';
import type { LstmLayer } from './lstm.js';
import type { ModelLayer } from './model-layer.js';

/** y = x·W + b: weight [inputs, units], bias [units]. */
export interface DenseLayer {
  readonly kind: 'dense';
  /** Number of outputs. */
  readonly units: number;
  /** Whether there is a bias. */
  readonly bias: boolean;
  /** Makes the weight's starting values. */
  readonly weightInit: Initializer;
  /** Makes the bias's starting values. */
  readonly biasInit: Initializer;
}

/** The nonlinear functions that the engine knows. */
export type ActivationName = 'relu' | 'tanh' | 'elu' | 'sigmoid';

/** A function applied to each element. */
export interface ActivationLayer {
  readonly kind: 'activation';
  /** Which function. */
  readonly activation: ActivationName;
}

/** One step of a network. */
export type Layer = DenseLayer | Conv2dLayer | FlattenLayer | LstmLayer | GruLayer | ActivationLayer | ModelLayer;

/** What {@link dense} can be told. */
export interface DenseOptions {
  /** Whether to add a bias; true by default. */
  readonly bias?: boolean;
  /** The weight's starting values; orthogonal with gain √2 by default. */
  readonly weightInit?: Initializer;
  /** The bias's starting values; zeros by default. */
  readonly biasInit?: Initializer;
}

/**
 * A fully connected layer.
 *
 * @throws InvalidOptionsError when `units` is not a positive whole number or an option is unknown or wrong
 */
export function dense(units: number, options: DenseOptions = {}): DenseLayer {
  if (!Number.isSafeInteger(units) || units < 1) {
    throw new InvalidOptionsError({
      where: 'dense',
      got: `units: ${describeValue(units)}`,
      expected: 'a positive whole number',
      remedy: 'Give the number of outputs, for example dense(64).',
    });
  }
  checkLayerOptions('dense', options, ['bias', 'weightInit', 'biasInit']);
  const { bias = true, weightInit = orthogonal(Math.SQRT2), biasInit = zeros() } = options;
  return { kind: 'dense', units, bias, weightInit, biasInit };
}

/** max(0, x). */
export function relu(): ActivationLayer {
  return { kind: 'activation', activation: 'relu' };
}

/** The hyperbolic tangent. */
export function tanh(): ActivationLayer {
  return { kind: 'activation', activation: 'tanh' };
}

/** x for x > 0, e^x − 1 below (Clevert et al. 2016, with α = 1). */
export function elu(): ActivationLayer {
  return { kind: 'activation', activation: 'elu' };
}

/** 1/(1 + e^−x). */
export function sigmoid(): ActivationLayer {
  return { kind: 'activation', activation: 'sigmoid' };
}
