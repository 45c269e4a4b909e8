import type { Discrete } from '@pg/core';
import type { NetworkSpec } from '../networks/network-spec.js';
import { checkActions, checkObservations, requireSpaces } from './check-fit.js';
import { categoricalHead } from './heads.js';
import { networkInput } from './network-input.js';
import { type OutputOptions, requireOutput } from './output-options.js';
import type { ObservationOf, PolicySpec } from './policy-spec.js';
import { requireNetwork } from './require-network.js';

/**
 * A softmax over the choices of a discrete action space.
 *
 * @param options - `network`: the hidden layers; `output`: how the last layer is made
 * @example
 * ```ts
 * reinforce().env(cartPole()).policy(categorical({ network: mlp([64, 64]) }));
 * ```
 */
export function categorical<N extends NetworkSpec<never>>(options: {
  readonly network: N;
  readonly output?: OutputOptions;
}): PolicySpec<ObservationOf<N>, Discrete, false, false, 'categorical'> {
  const network = requireNetwork('categorical', 'network', options, ['network', 'output']);
  const output = requireOutput('categorical', 'output', options.output);
  return {
    name: 'categorical',
    recurrent: false,
    critic: false,
    bind(spaces) {
      const { observationSpace, actionSpace } = requireSpaces('categorical', spaces);
      checkActions('categorical', 'discrete', actionSpace);
      checkObservations('categorical', network, observationSpace);
      const { heads, vectors, distribution } = categoricalHead(actionSpace, output);
      return { network: { ...networkInput('categorical', network, observationSpace), trunk: network.layers, heads, vectors }, distribution };
    },
  };
}
