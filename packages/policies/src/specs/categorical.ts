import type { Discrete } from '@pg/core';
import type { NetworkSpec } from '../networks/network-spec.js';
import { checkActions, checkObservations } from './check-fit.js';
import { categoricalHead } from './heads.js';
import { networkInput } from './network-input.js';
import type { ObservationOf, PolicySpec } from './policy-spec.js';
import { requireNetwork } from './require-network.js';

/**
 * A softmax over the choices of a discrete action space.
 *
 * @example
 * ```ts
 * reinforce().env(cartPole()).policy(categorical({ network: mlp([64, 64]) }));
 * ```
 */
export function categorical<N extends NetworkSpec<never>>(options: {
  readonly network: N;
}): PolicySpec<ObservationOf<N>, Discrete, false, false, 'categorical'> {
  const network = requireNetwork('categorical', 'network', options, ['network']);
  return {
    name: 'categorical',
    recurrent: false,
    critic: false,
    bind({ observationSpace, actionSpace }) {
      checkActions('categorical', 'discrete', actionSpace);
      checkObservations('categorical', network, observationSpace);
      const { heads, vectors, distribution } = categoricalHead(actionSpace);
      return { network: { ...networkInput('categorical', network, observationSpace), trunk: network.layers, heads, vectors }, distribution };
    },
  };
}
