import type { Space } from '@pg/core';
import type { NetworkSpec } from '../networks/network-spec.js';
import { checkObservations } from './check-fit.js';
import { categoricalHead, gaussianHead, valueHead } from './heads.js';
import { inputShape, type ObservationOf, type PolicySpec } from './policy-spec.js';
import { requireInitialLogStd, requireNetwork } from './require-network.js';

/**
 * A policy and a value function on one encoder. The action space chooses the distribution: a softmax for discrete actions, a
 * diagonal Gaussian for boxes.
 */
export function actorCritic<N extends NetworkSpec<never>>(options: {
  readonly encoder: N;
  readonly initialLogStd?: number;
}): PolicySpec<ObservationOf<N>, Space, false, true, 'actorCritic'> {
  const encoder = requireNetwork('actorCritic', 'encoder', options, ['encoder', 'initialLogStd']);
  const initialLogStd = requireInitialLogStd('actorCritic', options.initialLogStd);
  return {
    name: 'actorCritic',
    recurrent: false,
    critic: true,
    bind({ observationSpace, actionSpace }) {
      checkObservations('actorCritic', encoder, observationSpace);
      const action = actionSpace.kind === 'discrete' ? categoricalHead(actionSpace) : gaussianHead(actionSpace, initialLogStd);
      const heads = { ...action.heads, value: valueHead() };
      const network = { inputShape: inputShape(observationSpace), trunk: encoder.layers, heads, vectors: action.vectors };
      return { network, distribution: action.distribution, valueHead: 'value' };
    },
  };
}
