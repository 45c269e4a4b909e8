import { parseOptions, type Space } from '@pg/core';
import {
  type AlgorithmBuilder,
  type Composition,
  createBuilder,
  type LearnerOf,
  requireComposition,
  type TypedComposition,
  type Work,
} from '../builder/algorithm-builder.js';
import type { AnyEnv, AnyPolicy, Unset } from '../builder/fits.js';
import type { Learner, Update } from '../learner/learner.js';
import { AdvantageRollouts, type EstimatedRows } from '../rollouts/advantage-rollouts.js';
import { createShards } from '../shards/create-shards.js';
import { serveShards } from '../shards/serve-shards.js';
import type { Shard, ShardProgram, ShardSteps } from '../shards/shard.js';
import { mergedMoments, shareMoments, sumOf, tellAll } from '../shards/shard-mail.js';
import { shardsOf } from '../shards/shard-options.js';
import { createLearner } from '../training/create-learner.js';
import { optimize } from '../training/optimize.js';
import { policyGradientLoss } from '../training/policy-gradient-loss.js';
import { requireLearnableUpdates } from '../training/require-spread.js';
import { createRun } from '../training/run.js';
import type { Scheduled } from '../training/schedule-at.js';
import { standardizeBy, validMoments } from '../training/standardize-valid.js';
import { Tally } from '../training/tally.js';
import { explainedVariance, type ValueLoss, valueLoss, valueMoments } from '../training/value-loss.js';
import { type A2cOptions, a2cSchema } from './options.js';

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
export function a2c(): AlgorithmBuilder<Unset, Unset, A2cOptions, A2cUpdate, 'a critic'>;
export function a2c(...none: unknown[]): AlgorithmBuilder<Unset, Unset, A2cOptions, A2cUpdate, 'a critic'> {
  const work: Work<A2cOptions> = (composition, task) => serveShards(planA2c(composition), composition, task);
  return createBuilder({ name: 'a2c', schema: a2cSchema, create: learnA2c, work }, none);
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

const COMMANDS = ['collect', 'learn', 'collectAndLearn'] as const;
type Command = (typeof COMMANDS)[number];

/** What a shard is told and what it tells, beside what every shard does. */
const NUMBERS = ['begins', 'entropyCoef', 'count', 'policyLoss', 'entropy', 'valueLoss'] as const;
type Numbers = (typeof NUMBERS)[number];

/** What its moments are of: its own part, and at the end the advantages of all. */
const [ADVANTAGES, TARGETS, ERRORS, ALL_ADVANTAGES] = [0, 1, 2, 3];

/** What the learner and each of its workers make of a composition. */
function planA2c(composition: Composition<A2cOptions>) {
  requireComposition('a2c', composition);
  const { env } = composition;
  const options = parseOptions('a2c', a2cSchema, composition.options ?? {});
  requireLearnableUpdates('a2c', options, env);
  const { rolloutLength: length, rounds, optimizer } = options;
  const program: ShardProgram<Command, Numbers> = {
    commands: COMMANDS,
    mail: { numbers: NUMBERS, moments: 4, episodes: length },
    start: (shard) => startA2c(shard, options),
  };
  const shards = shardsOf('a2c', options.shards, env);
  const layout = { rolloutLength: length, rounds: Number(rounds) };
  return {
    options,
    program,
    settings: { algorithm: 'a2c', schema: a2cSchema, needsCritic: true, optimizer, shards, rows: (numEnvs: number) => (length + 2) * numEnvs, layout },
  };
}

/** A shard's part of an update, in the order in which the data flows: from its environments to its gradients. */
function startA2c(shard: Shard<Numbers>, options: ReturnType<typeof planA2c>['options']): ShardSteps<Command> {
  const { network, valueHead } = shard;
  const { numbers, moments } = shard.mail;
  const rollouts = new AdvantageRollouts(shard, options.rolloutLength);
  const { collector } = rollouts;
  let batch: EstimatedRows;

  function collect(): void {
    const collected = options.rounds ? collector.collectRound(numbers.begins === 1) : collector.collectSteps();
    numbers.steps = collected.steps;
    batch = rollouts.estimate(collected.length, options);
    if (options.normalizeAdvantages) moments.put(ADVANTAGES, validMoments(batch.advantages, batch.valid));
    const { targets, errors } = valueMoments(batch);
    moments.put(TARGETS, targets);
    moments.put(ERRORS, errors);
  }

  function learn(): void {
    const { rows, advantages, valid } = batch;
    if (options.normalizeAdvantages) standardizeBy(moments.get(ALL_ADVANTAGES), advantages, valid);
    const weights = { ...options, entropyCoef: numbers.entropyCoef, count: numbers.count };
    Object.assign(numbers, policyGradientLoss(network, batch, weights));
    numbers.valueLoss = valueLoss(batch, weights, network.outputGradient(valueHead!));
    network.backward(rows);
  }

  function collectAndLearn(): void {
    collect();
    learn();
  }

  return { collector, commands: { collect, learn, collectAndLearn } };
}

function learnA2c(composition: Composition<A2cOptions>): Learner<Space, Space, A2cUpdate> {
  const { options, program, settings } = planA2c(composition);
  const run = createRun(composition, settings);
  const shards = createShards(run, program);
  const { mails } = shards;
  const tally = new Tally();
  const rows = options.rolloutLength * run.numEnvs;
  // what a shard has to know of the others before it can learn
  const apart = options.rounds || options.normalizeAdvantages;

  /** One update: what the shards make of it, summed in their order. */
  function update({ learningRate, entropyCoef }: Scheduled<'learningRate' | 'entropyCoef'>): A2cUpdate {
    tellAll(mails, { begins: sumOf(mails, 'playing') === 0 ? 1 : 0, entropyCoef, count: rows });
    if (apart) {
      shards.run('collect');
      tellAll(mails, { count: sumOf(mails, 'steps') });
      shareMoments(mails, ADVANTAGES, ALL_ADVANTAGES);
      shards.run('learn');
    } else shards.run('collectAndLearn');

    shards.sumGradients();
    const gradientNorm = optimize(run.network, { ...options, learningRate });
    tally.add(mails);
    return {
      ...tally.finishUpdate(),
      policyLoss: sumOf(mails, 'policyLoss'),
      entropy: sumOf(mails, 'entropy'),
      valueLoss: sumOf(mails, 'valueLoss'),
      explainedVariance: explainedVariance(mergedMoments(mails, TARGETS), mergedMoments(mails, ERRORS)),
      gradientNorm,
      learningRate,
      entropyCoef,
    };
  }

  const { learningRate, entropyCoef } = options;
  return createLearner(run, { tally, shards, schedules: { learningRate, entropyCoef }, update });
}
