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
import { createShards } from '../shards/create-shards.js';
import { serveShards } from '../shards/serve-shards.js';
import type { Shard, ShardProgram, ShardSteps } from '../shards/shard.js';
import { mergedMoments, shareMoments, sumOf, tellAll } from '../shards/shard-mail.js';
import { shardsOf } from '../shards/shard-options.js';
import { createLearner } from '../training/create-learner.js';
import { GradientMerge } from '../training/gradient-merge.js';
import { optimize } from '../training/optimize.js';
import { policyGradientLoss } from '../training/policy-gradient-loss.js';
import { createRun } from '../training/run.js';
import type { Scheduled } from '../training/schedule-at.js';
import { validMoments } from '../training/standardize-valid.js';
import { Tally } from '../training/tally.js';
import { type ValueLoss, valueLoss, valueMoments } from '../training/value-loss.js';
import { centerReturns } from './center-returns.js';
import { type LearnedRollout, lossOf } from './learned-rollout.js';
import { type ReinforceOptions, reinforceSchema, requireBaseline, requireLearnableRollouts, resolveCollection, rolloutSize } from './options.js';
import { hasValues, ReturnRollouts, type ReturnRows, type RolloutSize } from './return-rollouts.js';

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
export function reinforce(): AlgorithmBuilder<Unset, Unset, ReinforceOptions, ReinforceUpdate, 'any policy'>;
export function reinforce(...none: unknown[]): AlgorithmBuilder<Unset, Unset, ReinforceOptions, ReinforceUpdate, 'any policy'> {
  const work: Work<ReinforceOptions> = (composition, task) => serveShards(planReinforce(composition), composition, task);
  return createBuilder({ name: 'reinforce', schema: reinforceSchema, create: learnReinforce, work }, none);
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

const COMMANDS = ['collect', 'learn'] as const;
type Command = (typeof COMMANDS)[number];

/** What a shard is told and what it tells, beside what every shard does. */
const NUMBERS = ['entropyCoef', 'count', 'policyLoss', 'entropy', 'valueLoss'] as const;
type Numbers = (typeof NUMBERS)[number];

/** What its moments are of: its own part, and at the end the advantages of all. */
const [ADVANTAGES, TARGETS, ERRORS, ALL_ADVANTAGES] = [0, 1, 2, 3];

/** What the learner and each of its workers make of a composition. */
function planReinforce(composition: Composition<ReinforceOptions>) {
  requireComposition('reinforce', composition);
  const { env, policy } = composition;
  const options = resolveCollection(parseOptions('reinforce', reinforceSchema, composition.options ?? {}), env.numEnvs, env.maxSteps);
  requireBaseline(options.baseline, policy);
  requireLearnableRollouts(options, env);
  const { rolloutLength, episodesPerUpdate, rolloutsPerUpdate, optimizer } = options;
  const size = rolloutSize(options, env);
  const program: ShardProgram<Command, Numbers> = {
    commands: COMMANDS,
    mail: { numbers: NUMBERS, moments: 4, episodes: size.episodes || size.length },
    start: (shard) => startReinforce(shard, options, size),
  };
  const shards = shardsOf('reinforce', options.shards, env);
  const layout = { rolloutLength, episodesPerUpdate, rolloutsPerUpdate };
  const rows = (numEnvs: number) => (size.length + 1) * numEnvs;
  return { options, program, settings: { algorithm: 'reinforce', schema: reinforceSchema, needsCritic: false, optimizer, shards, rows, layout } };
}

/** A shard's part of a rollout, in the order in which the data flows: from its environments to the gradients of −(G − b)·log π. */
function startReinforce(shard: Shard<Numbers>, options: ReturnType<typeof planReinforce>['options'], size: RolloutSize): ShardSteps<Command> {
  const { network } = shard;
  const { numbers, moments } = shard.mail;
  const critic = options.baseline === 'value' ? shard.valueHead : undefined;
  const rollouts = new ReturnRollouts(shard, size, critic);
  let batch: ReturnRows;

  function collect(): void {
    const collected = rollouts.collect();
    numbers.steps = collected.steps;
    batch = rollouts.estimate(collected.length, options);
    moments.put(ADVANTAGES, validMoments(batch.advantages, batch.valid));
    if (!hasValues(batch)) return;
    const { targets, errors } = valueMoments(batch);
    moments.put(TARGETS, targets);
    moments.put(ERRORS, errors);
  }

  function learn(): void {
    centerReturns(batch.advantages, batch, { ...options, whole: moments.get(ALL_ADVANTAGES) });
    const weights = { ...options, entropyCoef: numbers.entropyCoef, count: numbers.count };
    Object.assign(numbers, policyGradientLoss(network, batch, weights));
    if (hasValues(batch)) numbers.valueLoss = valueLoss(batch, weights, network.outputGradient(critic!));
    network.backward(batch.rows);
  }

  return { collector: rollouts.collector, commands: { collect, learn } };
}

function learnReinforce(composition: Composition<ReinforceOptions>): Learner<Space, Space, ReinforceUpdate> {
  const { options, program, settings } = planReinforce(composition);
  const run = createRun(composition, settings);
  const { network } = run;
  const shards = createShards(run, program);
  const { mails } = shards;
  const gradients = new GradientMerge(network, options.rolloutsPerUpdate, options.reduction);
  const tally = new Tally();

  /** One update: the means over the steps of its rollouts. */
  function update({ learningRate, entropyCoef }: Scheduled<'learningRate' | 'entropyCoef'>): ReinforceUpdate {
    gradients.begin();
    const rollouts = Array.from({ length: options.rolloutsPerUpdate }, () => learnRollout(entropyCoef));
    gradients.write();
    const gradientNorm = optimize(network, { ...options, learningRate });
    return { ...tally.finishUpdate(), ...lossOf(rollouts), gradientNorm, learningRate, entropyCoef };
  }

  /** Plays a rollout and takes in the gradients of its loss: what the shards make of it, summed in their order. */
  function learnRollout(entropyCoef: number): LearnedRollout {
    shards.run('collect');
    tally.add(mails);
    const steps = sumOf(mails, 'steps');
    tellAll(mails, { entropyCoef, count: steps });
    shareMoments(mails, ADVANTAGES, ALL_ADVANTAGES);
    shards.run('learn');
    shards.sumGradients();
    gradients.add();
    const loss = { policyLoss: sumOf(mails, 'policyLoss'), entropy: sumOf(mails, 'entropy') };
    if (options.baseline !== 'value') return { steps, loss };
    return { steps, loss: { ...loss, valueLoss: sumOf(mails, 'valueLoss') }, targets: mergedMoments(mails, TARGETS), errors: mergedMoments(mails, ERRORS) };
  }

  const { learningRate, entropyCoef } = options;
  return createLearner(run, { tally, shards, schedules: { learningRate, entropyCoef }, update });
}
