import type { Box } from '@pg/core';
import type { NetworkSpec } from '../networks/network-spec.js';
import { checkActions, checkObservations, requireSpaces } from './check-fit.js';
import { checkBounds, type GaussianOptions, gaussianKeys, requireGaussianOptions } from './gaussian-options.js';
import { gaussianHead } from './heads.js';
import { networkInput } from './network-input.js';
import { type OutputOptions, requireOutput } from './output-options.js';
import type { ObservationOf, PolicySpec } from './policy-spec.js';
import { requireNetwork } from './require-network.js';

/**
 * A Gaussian with independent dimensions over a box of actions. The network gives the means; the log standard deviations are free
 * parameters, or come from the network too (`logStd: 'head'`). Actions are clipped to the box before the environment sees them, or
 * squashed into it (`squash: true`, for finite bounds).
 *
 * @param options - `network`: the hidden layers; `output`: how the layer of the means is made; and {@link GaussianOptions}
 */
export function diagonalGaussian<N extends NetworkSpec<never>>(
  options: { readonly network: N; readonly output?: OutputOptions } & GaussianOptions,
): PolicySpec<ObservationOf<N>, Box, false, false, 'diagonalGaussian'> {
  const network = requireNetwork('diagonalGaussian', 'network', options, ['network', 'output', ...gaussianKeys]);
  const output = requireOutput('diagonalGaussian', 'output', options.output);
  const settings = requireGaussianOptions('diagonalGaussian', options);
  return {
    name: 'diagonalGaussian',
    recurrent: false,
    critic: false,
    bind(spaces) {
      const { observationSpace, actionSpace } = requireSpaces('diagonalGaussian', spaces);
      checkActions('diagonalGaussian', 'box', actionSpace);
      checkObservations('diagonalGaussian', network, observationSpace);
      checkBounds('diagonalGaussian', settings, actionSpace);
      const { heads, vectors, distribution } = gaussianHead(actionSpace, settings, output);
      return { network: { ...networkInput('diagonalGaussian', network, observationSpace), trunk: network.layers, heads, vectors }, distribution };
    },
  };
}
