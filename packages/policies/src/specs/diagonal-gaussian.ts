import type { Box } from '@pg/core';
import type { NetworkSpec } from '../networks/network-spec.js';
import { checkActions, checkObservations } from './check-fit.js';
import { gaussianHead } from './heads.js';
import { inputShape, type ObservationOf, type PolicySpec } from './policy-spec.js';
import { requireInitialLogStd, requireNetwork } from './require-network.js';

/**
 * A Gaussian with independent dimensions over a box of actions: the network gives the means, the log standard deviations are
 * free parameters, `initialLogStd` (0 by default) at first. Actions are clipped to the box before the environment sees them.
 */
export function diagonalGaussian<N extends NetworkSpec<never>>(options: {
  readonly network: N;
  readonly initialLogStd?: number;
}): PolicySpec<ObservationOf<N>, Box, false, false, 'diagonalGaussian'> {
  const network = requireNetwork('diagonalGaussian', 'network', options, ['network', 'initialLogStd']);
  const initialLogStd = requireInitialLogStd('diagonalGaussian', options.initialLogStd);
  return {
    name: 'diagonalGaussian',
    recurrent: false,
    critic: false,
    bind({ observationSpace, actionSpace }) {
      checkActions('diagonalGaussian', 'box', actionSpace);
      checkObservations('diagonalGaussian', network, observationSpace);
      const { heads, vectors, distribution } = gaussianHead(actionSpace, initialLogStd);
      return { network: { inputShape: inputShape(observationSpace), trunk: network.layers, heads, vectors }, distribution };
    },
  };
}
