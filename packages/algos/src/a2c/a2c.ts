import { generalizedAdvantageEstimation, parseOptions, type Space } from '@pg/core';
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
import { rolloutValues } from '../rollouts/bootstrap.js';
import { Collector } from '../rollouts/collector.js';
import { createLearner } from '../training/create-learner.js';
import { optimize } from '../training/optimize.js';
import { policyGradientLoss } from '../training/policy-gradient-loss.js';
import { createRun } from '../training/run.js';
import { scheduleAt } from '../training/schedule-at.js';
import { standardizeValid } from '../training/standardize-valid.js';
import { type ValueLoss, valueLoss } from '../training/value-loss.js';
import { type A2cOptions, a2cSchema, requireLearnableUpdates } from './options.js';

/** What an update of A2C reports. */
export interface A2cUpdate extends Update, ValueLoss {}

/**
 * Advantage actor-critic (Mnih et al. 2016, the synchronous form) with generalised advantage estimation (Schulman et al.
 * 2016). Data is produced with the parameters it is learned with, so the activations of acting serve the backward pass.
 *
 * @example
 * ```ts
 * const learner = a2c()
 *   .env(vectorize(cartPole(), { numEnvs: 8 }))
 *   .policy(actorCritic({ encoder: mlp([64, 64]) }))
 *   .build({ seed: 0 });
 * ```
 */
export function a2c(...none: []): AlgorithmBuilder<Unset, Unset, A2cOptions, A2cUpdate, 'a critic'> {
  return createBuilder({ name: 'a2c', schema: a2cSchema, create: learnA2c }, none);
}

/**
 * The plain twin of {@link a2c}: everything in one object.
 *
 * @throws InvalidOptionsError when an option is wrong
 * @throws IncompatiblePolicyError when the policy does not fit the environment or has no critic
 */
export function createA2c<const E extends AnyEnv, P extends AnyPolicy>(composition: TypedComposition<E, P, A2cOptions, 'a critic'>): LearnerOf<E, A2cUpdate> {
  return learnA2c(composition as unknown as Composition<A2cOptions>) as LearnerOf<E, A2cUpdate>;
}

function learnA2c(composition: Composition<A2cOptions>): Learner<Space, Space, A2cUpdate> {
  requireComposition('a2c', composition);
  const { numEnvs } = composition.env;
  const options = parseOptions('a2c', a2cSchema, composition.options ?? {});
  requireLearnableUpdates(options, numEnvs);
  const { rolloutLength: length } = options;
  const run = createRun(composition, {
    algorithm: 'a2c',
    needsCritic: true,
    optimizer: options.optimizer,
    rows: (length + 2) * numEnvs,
    layout: { rolloutLength: length, rounds: Number(options.rounds) },
  });
  const { network } = run;
  const head = run.model.valueHead!;
  const collector = new Collector({ env: run.env, network, rng: run.actionRng, length, onTruncated: (t) => bootstrap.valueFinalObs(t) });
  const { rollout, statistics } = collector;
  const bootstrap = rolloutValues(network, head, rollout);
  const estimates = { advantages: new Float32Array(length * numEnvs), valueTargets: new Float32Array(length * numEnvs) };
  const counters = { step: 0, updates: 0 };

  /** One update, in the order in which the data flows. */
  function update(progress: number): A2cUpdate {
    const collected = options.rounds ? collector.collectRound() : collector.collectSteps();
    const rows = collected.length * numEnvs;
    const { rewards, terminated, truncated, valid } = rollout.first(rows);

    bootstrap.complete(collected.length);
    const values = bootstrap.values.subarray(0, rows);
    const nextValues = bootstrap.nextValues.subarray(0, rows);
    const advantages = estimates.advantages.subarray(0, rows);
    const valueTargets = estimates.valueTargets.subarray(0, rows);
    generalizedAdvantageEstimation({ rewards, values, terminated, truncated, nextValues, numEnvs }, options, { advantages, valueTargets });
    if (options.normalizeAdvantages) standardizeValid(advantages, valid);

    const entropyCoef = scheduleAt('entropyCoef', options.entropyCoef, progress);
    const loss = policyGradientLoss(network, { advantages, valid }, { ...options, entropyCoef });
    const critic = valueLoss({ values, targets: valueTargets, valid }, options, network.outputGradient(head));
    network.backward(rows);
    const learningRate = scheduleAt('learningRate', options.learningRate, progress);
    const gradientNorm = optimize(network, { ...options, learningRate });

    counters.step += collected.steps;
    counters.updates += 1;
    return { ...counters, ...statistics.summarize(), ...loss, ...critic, gradientNorm, learningRate, entropyCoef };
  }

  return createLearner(run, { counters, collector, update });
}
