import { generalizedAdvantageEstimation, IncompatiblePolicyError, parseOptions, type Space, standardize } from '@pg/core';
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
import { createRun, type Run } from '../training/run.js';
import { scheduleAt } from '../training/schedule-at.js';
import { explainedVariance, type ValueLoss } from '../training/value-loss.js';
import { clippedSurrogateLoss, type SurrogateLoss } from './clipped-surrogate.js';
import { clippedValueLoss } from './clipped-value-loss.js';
import { Minibatches } from './minibatches.js';
import { type PpoOptions, ppoSchema, requireLearnableMinibatches } from './options.js';

/** What an update of PPO reports; losses are means over its minibatches. */
export interface PpoUpdate extends Update, ValueLoss, SurrogateLoss {
  /** The clip range that was used. */
  readonly clipRange: number;
  /** Steps of the optimiser in this update. */
  readonly gradientSteps: number;
}

/**
 * Proximal policy optimisation (Schulman et al. 2017) with the clipped objective: several epochs of minibatches over each
 * rollout, none of which gains by moving the policy far from the one that collected it.
 *
 * @example
 * ```ts
 * const learner = ppo()
 *   .env(vectorize(cartPole(), { numEnvs: 8 }))
 *   .policy(actorCritic({ encoder: mlp([64, 64]), shared: false }))
 *   .build({ seed: 0 });
 * ```
 */
export function ppo(...none: []): AlgorithmBuilder<Unset, Unset, PpoOptions, PpoUpdate, 'a critic and no memory'> {
  return createBuilder({ name: 'ppo', schema: ppoSchema, create: learnPpo }, none);
}

/**
 * The plain twin of {@link ppo}: everything in one object.
 *
 * @throws InvalidOptionsError when an option is wrong
 * @throws IncompatiblePolicyError when the policy does not fit the environment or has no critic
 */
export function createPpo<const E extends AnyEnv, P extends AnyPolicy>(
  composition: TypedComposition<E, P, PpoOptions, 'a critic and no memory'>,
): LearnerOf<E, PpoUpdate> {
  return learnPpo(composition as unknown as Composition<PpoOptions>) as LearnerOf<E, PpoUpdate>;
}

/** Minibatches are steps in random order, of which nobody remembers the ones before. */
function requireMemoryless({ policy }: Run): void {
  if (!policy.recurrent) return;
  throw new IncompatiblePolicyError({
    where: 'ppo',
    got: `${policy.name}, which remembers what it has seen`,
    expected: 'a policy without a memory',
    remedy: 'Use actorCritic, or train it with a2c.',
  });
}

function learnPpo(composition: Composition<PpoOptions>): Learner<Space, Space, PpoUpdate> {
  requireComposition('ppo', composition);
  const { numEnvs } = composition.env;
  const options = parseOptions('ppo', ppoSchema, composition.options ?? {});
  requireLearnableMinibatches(options);
  const { rolloutLength: length } = options;
  const size = length * numEnvs;
  const run = createRun(composition, {
    algorithm: 'ppo',
    needsCritic: true,
    optimizer: options.optimizer,
    rows: size + 2 * numEnvs,
    layout: { rolloutLength: length, minibatchSize: options.minibatchSize },
  });
  requireMemoryless(run);
  const { network } = run;
  const head = run.model.valueHead!;
  const collector = new Collector({ env: run.env, network, rng: run.actionRng, length, onTruncated: (t) => bootstrap.valueFinalObs(t) });
  const { rollout, statistics } = collector;
  const bootstrap = rolloutValues(network, head, rollout);
  const estimates = { advantages: new Float32Array(size), valueTargets: new Float32Array(size) };
  const oldValues = new Float32Array(size);
  const minibatches = new Minibatches(network, size, options.minibatchSize);
  const batch = { advantages: new Float32Array(size), valueTargets: new Float32Array(size), oldValues: new Float32Array(size) };
  const values = network.output(head);
  const counters = { step: 0, updates: 0 };

  /** One update, in the order in which the data flows. */
  function update(progress: number): PpoUpdate {
    const collected = collector.collectSteps();

    bootstrap.complete();
    const { rewards, terminated, truncated } = rollout;
    generalizedAdvantageEstimation({ rewards, ...bootstrap, terminated, truncated, numEnvs }, options, estimates);
    oldValues.set(bootstrap.values);
    minibatches.keep();

    const learningRate = scheduleAt('learningRate', options.learningRate, progress);
    const clipRange = scheduleAt('clipRange', options.clipRange, progress);
    const entropyCoef = scheduleAt('entropyCoef', options.entropyCoef, progress);
    const metrics = learn({ learningRate, clipRange, entropyCoef });

    counters.step += collected.steps;
    counters.updates += 1;
    return {
      ...counters,
      ...statistics.summarize(),
      ...metrics,
      explainedVariance: explainedVariance({ values: oldValues, targets: estimates.valueTargets, valid: rollout.valid }),
      learningRate,
      entropyCoef,
      clipRange,
    };
  }

  /** Epochs of minibatches, until all are done or the policy has moved too far. */
  function learn({ learningRate, clipRange, entropyCoef }: Pick<PpoUpdate, 'learningRate' | 'clipRange' | 'entropyCoef'>) {
    const sums = { policyLoss: 0, entropy: 0, approxKl: 0, clipFraction: 0, valueLoss: 0, gradientNorm: 0 };
    let gradientSteps = 0;
    let seen = 0;
    epochs: for (let epoch = 0; epoch < options.epochs; epoch++) {
      minibatches.shuffle(run.shuffleRng);
      for (let k = 0; k < minibatches.count; k++) {
        const count = minibatches.load(k);
        network.forward(0, count);
        network.distribution.evaluate(0, count);
        const advantages = gather(count);
        if (options.normalizeAdvantages) standardize(advantages);

        const rows = { oldLogProbs: minibatches.logProbs, advantages, count };
        const loss = clippedSurrogateLoss(network, rows, clipRange, entropyCoef);
        const valueRows = { values, oldValues: batch.oldValues, targets: batch.valueTargets, count };
        const valueLoss = clippedValueLoss(valueRows, options.clipRangeValue, options.valueCoef, network.outputGradient(head));
        seen += 1;
        sums.policyLoss += loss.policyLoss;
        sums.entropy += loss.entropy;
        sums.approxKl += loss.approxKl;
        sums.clipFraction += loss.clipFraction;
        sums.valueLoss += valueLoss;
        if (loss.approxKl > 1.5 * options.targetKl) break epochs;
        network.backward(count);
        sums.gradientNorm += optimize(network, { ...options, learningRate });
        gradientSteps += 1;
      }
    }
    const { policyLoss, entropy, approxKl, clipFraction, valueLoss, gradientNorm } = sums;
    return {
      policyLoss: policyLoss / seen,
      entropy: entropy / seen,
      approxKl: approxKl / seen,
      clipFraction: clipFraction / seen,
      valueLoss: valueLoss / seen,
      gradientNorm: gradientNorm / Math.max(1, gradientSteps),
      gradientSteps,
    };
  }

  /** Fills `batch` with what belongs to the loaded minibatch, and gives its advantages. */
  function gather(count: number): Float32Array {
    for (let i = 0; i < count; i++) {
      const row = minibatches.rows[i]!;
      batch.advantages[i] = estimates.advantages[row]!;
      batch.valueTargets[i] = estimates.valueTargets[row]!;
      batch.oldValues[i] = oldValues[row]!;
    }
    return batch.advantages.subarray(0, count);
  }

  return createLearner(run, { counters, collector, update });
}
