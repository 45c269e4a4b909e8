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
import { createLearner } from '../training/create-learner.js';
import { optimize } from '../training/optimize.js';
import { createRun } from '../training/run.js';
import type { Scheduled } from '../training/schedule-at.js';
import { standardizeBy, validMoments } from '../training/standardize-valid.js';
import { Tally } from '../training/tally.js';
import { explainedVariance, type ValueLoss, valueMoments } from '../training/value-loss.js';
import { clippedSurrogateLoss, type SurrogateLoss } from './clipped-surrogate.js';
import { clippedValueLoss } from './clipped-value-loss.js';
import { Minibatches } from './minibatches.js';
import { type PpoOptions, ppoSchema, ppoShards, requireLearnableMinibatches, requireMemoryless } from './options.js';

/** What an update of PPO reports; losses are means over the steps of all its minibatches, the gradient norm over those of the optimiser. */
export interface PpoUpdate extends Update, ValueLoss, SurrogateLoss {
  /** What was minimised: policyLoss − entropyCoef·entropy + valueCoef·valueLoss. */
  readonly loss: number;
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
export function ppo(): AlgorithmBuilder<Unset, Unset, PpoOptions, PpoUpdate, 'a critic and no memory'>;
export function ppo(...none: unknown[]): AlgorithmBuilder<Unset, Unset, PpoOptions, PpoUpdate, 'a critic and no memory'> {
  const work: Work<PpoOptions> = (composition, task) => serveShards(planPpo(composition), composition, task);
  return createBuilder({ name: 'ppo', schema: ppoSchema, create: learnPpo, work }, none);
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

const COMMANDS = ['collect', 'shuffle', 'judge', 'learn', 'judgeAndLearn'] as const;
type Command = (typeof COMMANDS)[number];

const LOSSES = ['policyLoss', 'entropy', 'approxKl', 'clipFraction', 'valueLoss'] as const;

/** What a shard is told and what it tells, beside what every shard does. */
const NUMBERS = ['minibatch', 'total', 'clipRange', 'entropyCoef', ...LOSSES] as const;
type Numbers = (typeof NUMBERS)[number];

/** What its moments are of: its part of the rollout, a minibatch's advantages of all shards, and from there on its part of each minibatch. */
const [TARGETS, ERRORS, ALL_ADVANTAGES, ADVANTAGES] = [0, 1, 2, 3];

/** What the learner and each of its workers make of a composition. */
function planPpo(composition: Composition<PpoOptions>) {
  requireComposition('ppo', composition);
  const { env } = composition;
  const options = parseOptions('ppo', ppoSchema, composition.options ?? {});
  requireLearnableMinibatches(options, env.numEnvs);
  requireMemoryless(composition.policy);
  const { rolloutLength: length, optimizer } = options;
  const shards = ppoShards(options, env);
  /** Rows of an update and of a minibatch. */
  const rows = length * env.numEnvs;
  const size = Math.min(options.minibatchSize, rows);
  const minibatches = Math.ceil(rows / size);
  const program: ShardProgram<Command, Numbers> = {
    commands: COMMANDS,
    mail: { numbers: NUMBERS, moments: ADVANTAGES + minibatches, episodes: length },
    start: (shard) => startPpo(shard, options, size / shards),
  };
  const layout = { rolloutLength: length, minibatchSize: options.minibatchSize };
  const settings = { algorithm: 'ppo', schema: ppoSchema, needsCritic: true, optimizer, shards, rows: (numEnvs: number) => (length + 2) * numEnvs, layout };
  return { options, program, settings, rows, size, minibatches };
}

/** A shard's part of an update, in the order in which the data flows: from its environments to its gradients. */
function startPpo(shard: Shard<Numbers>, options: ReturnType<typeof planPpo>['options'], minibatchSize: number): ShardSteps<Command> {
  const { network, shuffleRng, env } = shard;
  const { numbers, moments } = shard.mail;
  const size = options.rolloutLength * env.numEnvs;
  const head = shard.valueHead!;
  const rollouts = new AdvantageRollouts(shard, options.rolloutLength);
  const { collector } = rollouts;
  const minibatches = new Minibatches(network, size, minibatchSize);
  const values = network.output(head);
  const oldValues = new Float32Array(size);
  const batch = { advantages: new Float32Array(size), targets: new Float32Array(size), oldValues: new Float32Array(size) };
  let rollout: EstimatedRows;
  /** Rows of the minibatch. */
  let count = 0;

  function collect(): void {
    const collected = collector.collectSteps();
    numbers.steps = collected.steps;
    rollout = rollouts.estimate(collected.length, options);
    const { targets, errors } = valueMoments(rollout);
    moments.put(TARGETS, targets);
    moments.put(ERRORS, errors);
    oldValues.set(rollout.values);
    minibatches.keep();
  }

  /** A new order for the next time over the data. */
  function shuffle(): void {
    minibatches.shuffle(shuffleRng);
    if (!options.normalizeAdvantages) return;
    for (let k = 0; k < minibatches.count; k++) {
      const count = minibatches.choose(k);
      gather(count);
      moments.put(ADVANTAGES + k, validMoments(batch.advantages.subarray(0, count), rollout.valid));
    }
  }

  /** The losses of a minibatch, and the gradients of its outputs. */
  function judge(): void {
    const { minibatch, total, clipRange, entropyCoef } = numbers;
    count = minibatches.choose(minibatch);
    minibatches.load(count);
    network.forward(0, count);
    network.distribution.evaluate(0, count);
    gather(count);
    const { advantages, targets, oldValues } = batch;
    if (options.normalizeAdvantages) standardizeBy(moments.get(ALL_ADVANTAGES), advantages.subarray(0, count), rollout.valid);
    Object.assign(numbers, clippedSurrogateLoss(network, { oldLogProbs: minibatches.logProbs, advantages, count, total }, clipRange, entropyCoef));
    const valueRows = { values, oldValues, targets, count, total };
    numbers.valueLoss = clippedValueLoss(valueRows, options.clipRangeValue, options.valueCoef, network.outputGradient(head));
  }

  function learn(): void {
    network.backward(count);
  }

  function judgeAndLearn(): void {
    judge();
    learn();
  }

  /** Fills `batch` with what belongs to the chosen rows. */
  function gather(count: number): void {
    const { rows } = minibatches;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      batch.advantages[i] = rollout.advantages[row]!;
      batch.targets[i] = rollout.targets[row]!;
      batch.oldValues[i] = oldValues[row]!;
    }
  }

  return { collector, commands: { collect, shuffle, judge, learn, judgeAndLearn } };
}

function learnPpo(composition: Composition<PpoOptions>): Learner<Space, Space, PpoUpdate> {
  const { options, program, settings, rows, size, minibatches } = planPpo(composition);
  const run = createRun(composition, settings);
  const shards = createShards(run, program);
  const { mails } = shards;
  const tally = new Tally();

  /** One update: what the shards make of it, summed in their order. */
  function update({ learningRate, clipRange, entropyCoef }: Scheduled<'learningRate' | 'clipRange' | 'entropyCoef'>): PpoUpdate {
    shards.run('collect');
    const explained = explainedVariance(mergedMoments(mails, TARGETS), mergedMoments(mails, ERRORS));
    tellAll(mails, { clipRange, entropyCoef });
    const metrics = learn(learningRate);
    tally.add(mails);
    const loss = metrics.policyLoss - entropyCoef * metrics.entropy + options.valueCoef * metrics.valueLoss;
    return { ...tally.finishUpdate(), ...metrics, loss, explainedVariance: explained, learningRate, entropyCoef, clipRange };
  }

  /** Epochs of minibatches, until all are done or the policy has moved too far. */
  function learn(learningRate: number) {
    const sums = { policyLoss: 0, entropy: 0, approxKl: 0, clipFraction: 0, valueLoss: 0, gradientNorm: 0 };
    let gradientSteps = 0;
    /** Minibatches, the last one of an epoch as the part of one that it is: means are over steps. */
    let seen = 0;
    // what goes too far is not learned
    const mayStop = options.targetKl < Number.POSITIVE_INFINITY;
    epochs: for (let epoch = 0; epoch < options.epochs; epoch++) {
      shards.run('shuffle');
      for (let k = 0; k < minibatches; k++) {
        shareMoments(mails, ADVANTAGES + k, ALL_ADVANTAGES);
        const total = Math.min(size, rows - k * size);
        tellAll(mails, { minibatch: k, total });
        shards.run(mayStop ? 'judge' : 'judgeAndLearn');
        seen += total / size;
        for (const loss of LOSSES) sums[loss] += sumOf(mails, loss) * (total / size);
        if (sumOf(mails, 'approxKl') > 1.5 * options.targetKl) break epochs;
        if (mayStop) shards.run('learn');
        shards.sumGradients();
        sums.gradientNorm += optimize(run.network, { ...options, learningRate });
        gradientSteps += 1;
      }
    }
    const means = Object.fromEntries(LOSSES.map((loss) => [loss, sums[loss] / seen])) as Record<(typeof LOSSES)[number], number>;
    return { ...means, gradientNorm: sums.gradientNorm / Math.max(1, gradientSteps), gradientSteps };
  }

  const { learningRate, clipRange, entropyCoef } = options;
  return createLearner(run, { tally, shards, schedules: { learningRate, clipRange, entropyCoef }, manySteps: true, update });
}
