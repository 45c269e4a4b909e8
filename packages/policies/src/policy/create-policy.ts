import { observedSpace, Rng, type Space } from '@pg/core';
import { copyTensors, type Engine, initialParameters } from '@pg/nn';
import type { PolicySpaces, PolicySpec } from '../specs/policy-spec.js';
import { Policy } from './policy.js';
import { checkCreateOptions, checkParts } from './policy-options.js';

/** What {@link createPolicy} can be told. */
export interface CreatePolicyOptions {
  /** Seed of the starting parameters and of the drawn actions; 0 by default. */
  readonly seed?: number;
  /** What computes the network; the WebAssembly engine by default. */
  readonly engine?: Engine;
}

/**
 * A policy with fresh parameters, to use without a learner.
 *
 * @param spec - what kind of policy
 * @param spaces - an environment's specification, or any object with its two spaces
 * @throws IncompatiblePolicyError when the policy does not fit the spaces
 * @throws InvalidOptionsError when `spec` is no specification, there are no spaces, or an option is unknown or wrong
 * @example
 * ```ts
 * const policy = createPolicy(categorical({ network: mlp([64]) }), cartPole(), { seed: 1 });
 * policy.act(new Float32Array(4), { greedy: true });
 * ```
 */
export function createPolicy<TObs extends Space, TAct extends Space, TEnvObs extends TObs, TEnvAct extends TAct>(
  spec: PolicySpec<TObs, TAct, boolean, boolean, string>,
  spaces: PolicySpaces<TEnvObs, TEnvAct>,
  options: CreatePolicyOptions = {},
): Policy<TEnvObs, TEnvAct> {
  checkParts(spec, spaces);
  checkCreateOptions(options);
  const { actionSpace } = spaces;
  const observationSpace = observedSpace('createPolicy', spaces.observationSpace);
  const { seed = 0, engine } = options;
  const model = spec.bind(spaces);
  const policy = new Policy({ name: spec.name, observationSpace, actionSpace, model, engine, seed });
  copyTensors(initialParameters(model.network, Rng.fromSeed(seed).stream('init')), policy.parameters);
  return policy;
}
