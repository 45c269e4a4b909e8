import { discountedReturns, parseOptions, type Space } from '@pg/core';
import {
  type AlgorithmBuilder,
  type Composition,
  createBuilder,
  type LearnerOf,
  requireComposition,
  type TypedComposition,
} from '../builder/algorithm-builder.js';
import type { AnyEnv, AnyPolicy, Unset } from '../builder/fits.js';
import type { Learner, Update } from '../learner/learner.js';
import { Collector } from '../rollouts/collector.js';
import { createLearner } from '../training/create-learner.js';
import { learningRateAt } from '../training/learning-rate-at.js';
import { optimize } from '../training/optimize.js';
import { policyGradientLoss } from '../training/policy-gradient-loss.js';
import { createRun } from '../training/run.js';
import { centerReturns } from './center-returns.js';
import { type ReinforceOptions, reinforceSchema, resolveCollection } from './options.js';

/**
 * REINFORCE (Williams 1992) with returns to go: play, weigh each action's log-probability by the rewards that followed, step.
 *
 * @example
 * ```ts
 * const learner = reinforce()
 *   .env(cartPole())
 *   .policy(categorical({ network: mlp([64, 64]) }))
 *   .options({ gamma: 0.99, learningRate: 1e-2, baseline: 'mean-return' })
 *   .build({ seed: 7 });
 * ```
 */
export function reinforce(): AlgorithmBuilder<Unset, Unset, ReinforceOptions, Update, false> {
  return createBuilder({ name: 'reinforce', schema: reinforceSchema, create: learnReinforce });
}

/**
 * The plain twin of {@link reinforce}: everything in one object.
 *
 * @throws InvalidOptionsError when an option is wrong
 * @throws IncompatiblePolicyError when the policy does not fit the environment
 */
export function createReinforce<const E extends AnyEnv, P extends AnyPolicy>(
  composition: TypedComposition<E, P, ReinforceOptions, false>,
): LearnerOf<E, Update> {
  return learnReinforce(composition as unknown as Composition<ReinforceOptions>) as LearnerOf<E, Update>;
}

function learnReinforce(composition: Composition<ReinforceOptions>): Learner<Space, Space, Update> {
  requireComposition('reinforce', composition);
  const { numEnvs, maxSteps } = composition.env;
  const options = resolveCollection(parseOptions('reinforce', reinforceSchema, composition.options ?? {}), numEnvs, maxSteps);
  const episodesEach = (options.episodesPerUpdate ?? 0) / numEnvs;
  const length = options.rolloutLength ?? episodesEach * maxSteps;
  const run = createRun(composition, {
    algorithm: 'reinforce',
    needsCritic: false,
    optimizer: options.optimizer,
    rows: (length + 1) * numEnvs,
    layout: { rolloutLength: options.rolloutLength, episodesPerUpdate: options.episodesPerUpdate },
  });
  const collector = new Collector({ env: run.env, network: run.network, rng: run.actionRng, length });
  const { rollout, statistics } = collector;
  const returnsBuffer = new Float32Array(length * numEnvs);
  const counters = { step: 0, updates: 0 };

  /** One update, in the order in which the data flows. */
  function update(progress: number): Update {
    const collected = options.rolloutLength === undefined ? collector.collectEpisodes(episodesEach) : collector.collectSteps();
    const rows = collected.length * numEnvs;
    const valid = rollout.valid.subarray(0, rows);

    const sequence = { rewards: rollout.rewards.subarray(0, rows), done: rollout.done.subarray(0, rows), numEnvs };
    const advantages = discountedReturns(sequence, options.gamma, returnsBuffer.subarray(0, rows));
    centerReturns(advantages, valid, options);

    const loss = policyGradientLoss(run.network, advantages, valid, options.entropyCoef);
    const learningRate = learningRateAt(options.learningRate, progress);
    const gradientNorm = optimize(run.network, rows, { ...options, learningRate });

    counters.step += collected.steps;
    counters.updates += 1;
    const { episodes } = statistics;
    return { ...counters, episodes, meanReturn: statistics.meanReturn(), meanLength: statistics.meanLength(), ...loss, gradientNorm, learningRate };
  }

  return createLearner(run, { counters, collector, update });
}
