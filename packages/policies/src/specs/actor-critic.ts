import type { Space } from '@pg/core';
import type { Layer, Network } from '@pg/nn';
import type { NetworkSpec } from '../networks/network-spec.js';
import { checkObservations, requireSpaces } from './check-fit.js';
import { checkBounds, type GaussianOptions, gaussianKeys, requireGaussianOptions } from './gaussian-options.js';
import { categoricalHead, gaussianHead, valueHead } from './heads.js';
import { networkInput } from './network-input.js';
import { type ActorCriticOutputs, outputKeys, requireOutputs } from './output-options.js';
import type { ObservationOf, PolicySpec } from './policy-spec.js';
import { requireFlag, requireNetwork } from './require-network.js';

/**
 * A policy and a value function. The action space chooses the distribution: a softmax for discrete actions, a diagonal Gaussian
 * for boxes.
 *
 * @param options - `encoder`: the hidden layers; `shared`: whether policy and value stand on the same ones (true by default)
 *   or each on their own; `output`, `valueOutput`: how the last layers of actions and value are made; `logStd`, `initialLogStd` and `squash`: as of {@link diagonalGaussian}, for boxes
 */
export function actorCritic<N extends NetworkSpec<never>>(
  options: { readonly encoder: N; readonly shared?: boolean } & ActorCriticOutputs & GaussianOptions,
): PolicySpec<ObservationOf<N>, Space, false, true, 'actorCritic'> {
  const encoder = requireNetwork('actorCritic', 'encoder', options, ['encoder', 'shared', ...outputKeys, ...gaussianKeys]);
  const settings = requireGaussianOptions('actorCritic', options);
  const { output, valueOutput } = requireOutputs('actorCritic', options);
  const shared = requireFlag('actorCritic', 'shared', options.shared, true);
  return {
    name: 'actorCritic',
    recurrent: false,
    critic: true,
    bind(spaces) {
      const { observationSpace, actionSpace } = requireSpaces('actorCritic', spaces);
      checkObservations('actorCritic', encoder, observationSpace);
      checkBounds('actorCritic', settings, actionSpace);
      const action = actionSpace.kind === 'discrete' ? categoricalHead(actionSpace, output) : gaussianHead(actionSpace, settings, output);
      const heads = { ...action.heads, value: valueHead(valueOutput) };
      const network = { ...networkInput('actorCritic', encoder, observationSpace), ...arrange(encoder.layers, heads, shared), vectors: action.vectors };
      return { network, distribution: action.distribution, valueHead: 'value' };
    },
  };
}

/** The hidden layers once below all heads, or once in each. */
function arrange(hidden: readonly Layer[], heads: Network['heads'], shared: boolean): Pick<Network, 'trunk' | 'heads'> {
  if (shared) return { trunk: hidden, heads };
  return { trunk: [], heads: Object.fromEntries(Object.entries(heads).map(([name, layers]) => [name, [...hidden, ...layers]])) };
}
