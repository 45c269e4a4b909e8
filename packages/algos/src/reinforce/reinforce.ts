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
import { GradientMerge } from '../training/gradient-merge.js';
import { optimize } from '../training/optimize.js';
import { type PolicyGradientLoss, policyGradientLoss } from '../training/policy-gradient-loss.js';
import { createRun } from '../training/run.js';
import { scheduleAt } from '../training/schedule-at.js';
import { type ValueLoss, valueLoss } from '../training/value-loss.js';
import { centerReturns } from './center-returns.js';
import { meanOf } from './mean-of.js';
import { type ReinforceOptions, reinforceSchema, requireBaseline, resolveCollection } from './options.js';
import { pointEnds } from './point-ends.js';

/** What an update of REINFORCE reports; the critic's part with the baseline `'value'` only. */
export interface ReinforceUpdate extends Update, Partial<ValueLoss> {}

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
export function reinforce(...none: []): AlgorithmBuilder<Unset, Unset, ReinforceOptions, ReinforceUpdate, 'any policy'> {
  return createBuilder({ name: 'reinforce', schema: reinforceSchema, create: learnReinforce }, none);
}

/**
 * The plain twin of {@link reinforce}: everything in one object.
 *
 * @throws InvalidOptionsError when an option is wrong
 * @throws IncompatiblePolicyError when the policy does not fit the environment, or has no critic for the baseline `'value'`
 */
export function createReinforce<const E extends AnyEnv, P extends AnyPolicy>(
  composition: TypedComposition<E, P, ReinforceOptions, 'any policy'>,
): LearnerOf<E, ReinforceUpdate> {
  return learnReinforce(composition as unknown as Composition<ReinforceOptions>) as LearnerOf<E, ReinforceUpdate>;
}

function learnReinforce(composition: Composition<ReinforceOptions>): Learner<Space, Space, ReinforceUpdate> {
  requireComposition('reinforce', composition);
  const { numEnvs, maxSteps } = composition.env;
  const options = resolveCollection(parseOptions('reinforce', reinforceSchema, composition.options ?? {}), numEnvs, maxSteps);
  requireBaseline(options.baseline, composition.policy);
  const { rolloutsPerUpdate } = options;
  const episodesEach = (options.episodesPerUpdate ?? 0) / rolloutsPerUpdate / numEnvs;
  const length = options.rolloutLength ?? episodesEach * maxSteps;
  const run = createRun(composition, {
    algorithm: 'reinforce',
    needsCritic: false,
    optimizer: options.optimizer,
    rows: (length + 1) * numEnvs,
    layout: { rolloutLength: options.rolloutLength, episodesPerUpdate: options.episodesPerUpdate, rolloutsPerUpdate },
  });
  const { network } = run;
  const critic = options.baseline === 'value' ? run.model.valueHead : undefined;
  const collector = new Collector({ env: run.env, network, rng: run.actionRng, length });
  const { rollout, statistics } = collector;
  const buffers = {
    ends: new Uint8Array(length * numEnvs),
    returns: new Float32Array(length * numEnvs),
    advantages: new Float32Array(length * numEnvs),
  };
  const gradients = new GradientMerge(network, rolloutsPerUpdate, options.reduction);
  const counters = { step: 0, updates: 0 };

  /** One update, in the order in which the data flows. */
  function update(progress: number): ReinforceUpdate {
    const entropyCoef = scheduleAt('entropyCoef', options.entropyCoef, progress);
    const losses = Array.from({ length: rolloutsPerUpdate }, () => {
      const loss = lossOfRollout(entropyCoef);
      gradients.add();
      return loss;
    });
    gradients.write();
    const learningRate = scheduleAt('learningRate', options.learningRate, progress);
    const gradientNorm = optimize(network, { ...options, learningRate });

    counters.updates += 1;
    return { ...counters, ...statistics.summarize(), ...meanOf(losses), gradientNorm, learningRate, entropyCoef };
  }

  /** Plays a rollout and leaves the gradients of its loss in the network. */
  function lossOfRollout(entropyCoef: number): PolicyGradientLoss & Partial<ValueLoss> {
    const collected = options.rolloutLength === undefined ? collector.collectEpisodes(episodesEach) : collector.collectSteps();
    counters.step += collected.steps;
    const rows = collected.length * numEnvs;
    const { rewards, done, valid } = rollout.first(rows);

    const ends = options.resetOnReward ? pointEnds({ rewards, done }, buffers.ends.subarray(0, rows)) : done;
    const returns = discountedReturns({ rewards, done: ends, numEnvs }, options.gamma, buffers.returns.subarray(0, rows));
    const advantages = buffers.advantages.subarray(0, rows);
    advantages.set(returns);
    const values = critic === undefined ? undefined : network.output(critic).subarray(0, rows);
    if (values) for (let i = 0; i < rows; i++) advantages[i]! -= values[i]!;
    centerReturns(advantages, { valid, done, numEnvs }, options);

    const loss = policyGradientLoss(network, { advantages, valid }, { ...options, entropyCoef });
    const criticLoss = values && valueLoss({ values, targets: returns, valid }, options, network.outputGradient(critic!));
    network.backward(rows);
    return { ...loss, ...criticLoss };
  }

  return createLearner(run, { counters, collector, update });
}
