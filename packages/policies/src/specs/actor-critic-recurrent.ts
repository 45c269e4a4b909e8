import { describeValue, InvalidOptionsError, type Space } from '@pg/core';
import { gru, type Layer, lstm } from '@pg/nn';
import type { NetworkSpec } from '../networks/network-spec.js';
import { checkObservations, requireSpaces } from './check-fit.js';
import { checkBounds, type GaussianOptions, gaussianKeys, requireGaussianOptions } from './gaussian-options.js';
import { categoricalHead, gaussianHead, valueHead } from './heads.js';
import { networkInput } from './network-input.js';
import { type ActorCriticOutputs, outputKeys, requireOutputs } from './output-options.js';
import type { ObservationOf, PolicySpec } from './policy-spec.js';
import { requireNetwork } from './require-network.js';

/** What {@link actorCriticLstm} and {@link actorCriticGru} can be told. */
export interface RecurrentPolicyOptions<N extends NetworkSpec<never>> extends GaussianOptions, ActorCriticOutputs {
  /** The layers in front of the memory; `mlp([])` for none. */
  readonly encoder: N;
  /** Units of the memory. */
  readonly units: number;
}

/**
 * A policy and a value function that remember: an encoder, then a long short-term memory (Hochreiter and Schmidhuber 1997) whose
 * outputs both heads read. Its state is zero at the start of every episode. The action space chooses the distribution: a softmax for
 * discrete actions, a diagonal Gaussian for boxes.
 *
 * @param options - `encoder`; `units`; `output`, `valueOutput`: how the last layers of actions and value are made; `logStd`, `initialLogStd` and `squash`: as of {@link diagonalGaussian}, for boxes
 * @example
 * ```ts
 * a2c().env(cartPole()).policy(actorCriticLstm({ encoder: mlp([32]), units: 64 }));
 * ```
 */
export function actorCriticLstm<N extends NetworkSpec<never>>(
  options: RecurrentPolicyOptions<N>,
): PolicySpec<ObservationOf<N>, Space, true, true, 'actorCriticLstm'> {
  return recurrentActorCritic('actorCriticLstm', lstm, options);
}

/** As {@link actorCriticLstm}, with gated recurrent units (Cho et al. 2014): three quarters of the parameters. */
export function actorCriticGru<N extends NetworkSpec<never>>(
  options: RecurrentPolicyOptions<N>,
): PolicySpec<ObservationOf<N>, Space, true, true, 'actorCriticGru'> {
  return recurrentActorCritic('actorCriticGru', gru, options);
}

function recurrentActorCritic<N extends NetworkSpec<never>, TName extends string>(
  name: TName,
  memory: (units: number) => Layer,
  options: RecurrentPolicyOptions<N>,
): PolicySpec<ObservationOf<N>, Space, true, true, TName> {
  const encoder = requireNetwork(name, 'encoder', options, ['encoder', 'units', ...outputKeys, ...gaussianKeys]);
  const { output, valueOutput } = requireOutputs(name, options);
  const settings = requireGaussianOptions(name, options);
  const { units } = options;
  if (!Number.isSafeInteger(units) || units < 1) {
    throw new InvalidOptionsError({ where: name, got: `units: ${describeValue(units)}`, expected: 'a positive whole number', remedy: 'Set "units".' });
  }
  return {
    name,
    recurrent: true,
    critic: true,
    bind(spaces) {
      const { observationSpace, actionSpace } = requireSpaces(name, spaces);
      checkObservations(name, encoder, observationSpace);
      checkBounds(name, settings, actionSpace);
      const action = actionSpace.kind === 'discrete' ? categoricalHead(actionSpace, output) : gaussianHead(actionSpace, settings, output);
      const network = {
        ...networkInput(name, encoder, observationSpace),
        trunk: [...encoder.layers, memory(units)],
        heads: { ...action.heads, value: valueHead(valueOutput) },
        vectors: action.vectors,
      };
      return { network, distribution: action.distribution, valueHead: 'value' };
    },
  };
}
