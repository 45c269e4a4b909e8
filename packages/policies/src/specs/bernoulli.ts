import { type Discrete, describeSpace, IncompatiblePolicyError } from '@pg/core';
import type { NetworkSpec } from '../networks/network-spec.js';
import { checkObservations, requireSpaces } from './check-fit.js';
import { bernoulliHead } from './heads.js';
import { networkInput } from './network-input.js';
import { type OutputOptions, requireOutput } from './output-options.js';
import type { ObservationOf, PolicySpec } from './policy-spec.js';
import { requireNetwork } from './require-network.js';

/**
 * The probability of action 1 of two, from one logit: what {@link categorical} says with two. With a linear network it is logistic
 * regression.
 *
 * @param options - `network`: the hidden layers; `output`: how the last layer is made
 * @example
 * ```ts
 * reinforce().env(cartPole()).policy(bernoulli({ network: linear() }));
 * ```
 */
export function bernoulli<N extends NetworkSpec<never>>(options: {
  readonly network: N;
  readonly output?: OutputOptions;
}): PolicySpec<ObservationOf<N>, Discrete<2>, false, false, 'bernoulli'> {
  const network = requireNetwork('bernoulli', 'network', options, ['network', 'output']);
  const output = requireOutput('bernoulli', 'output', options.output);
  return {
    name: 'bernoulli',
    recurrent: false,
    critic: false,
    bind(spaces) {
      const { observationSpace, actionSpace } = requireSpaces('bernoulli', spaces);
      if (actionSpace.kind !== 'discrete' || actionSpace.size !== 2) {
        throw new IncompatiblePolicyError({
          where: 'bernoulli',
          got: `an environment that takes ${describeSpace(actionSpace)}`,
          expected: 'Discrete<2>',
          remedy: `Use ${actionSpace.kind === 'discrete' ? 'categorical' : 'diagonalGaussian'} for it.`,
        });
      }
      checkObservations('bernoulli', network, observationSpace);
      const { heads, vectors, distribution } = bernoulliHead(output);
      return { network: { ...networkInput('bernoulli', network, observationSpace), trunk: network.layers, heads, vectors }, distribution };
    },
  };
}
