import { discountedReturns, parseOptions, type Space } from '@pg/core';
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
import { Collector } from '../rollouts/collector.js';
import { createShards } from '../shards/create-shards.js';
import { serveShards } from '../shards/serve-shards.js';
import type { Shard, ShardProgram, ShardSteps } from '../shards/shard.js';
import { mergedMoments, sumOf, tellAll } from '../shards/shard-mail.js';
import { shardsOf } from '../shards/shard-options.js';
import { createLearner } from '../training/create-learner.js';
import { GradientMerge } from '../training/gradient-merge.js';
import { optimize } from '../training/optimize.js';
import { type PolicyGradientLoss, policyGradientLoss } from '../training/policy-gradient-loss.js';
import { createRun } from '../training/run.js';
import { scheduleAt } from '../training/schedule-at.js';
import { validMoments } from '../training/standardize-valid.js';
import { Tally } from '../training/tally.js';
import { explainedVariance, type ValueLoss, valueLoss, valueMoments } from '../training/value-loss.js';
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

type Command = 'collect' | 'learn';

/** What a shard is told and what it tells, beside what every shard does. */
type Numbers = 'entropyCoef' | 'count' | 'policyLoss' | 'entropy' | 'valueLoss';

/** What its moments are of: its own part, and at the end the advantages of all. */
const [ADVANTAGES, TARGETS, ERRORS, ALL_ADVANTAGES] = [0, 1, 2, 3];

/** What the learner and each of its workers make of a composition. */
function planReinforce(composition: Composition<ReinforceOptions>) {
  requireComposition('reinforce', composition);
  const { env } = composition;
  const options = resolveCollection(parseOptions('reinforce', reinforceSchema, composition.options ?? {}), env.numEnvs, env.maxSteps);
  requireBaseline(options.baseline, composition.policy);
  const { rolloutsPerUpdate, episodesPerUpdate, rolloutLength, optimizer } = options;
  /** Episodes of each copy in a rollout, where those are whole. */
  const episodes = (episodesPerUpdate ?? 0) / rolloutsPerUpdate / env.numEnvs;
  const length = rolloutLength ?? episodes * env.maxSteps;
  const program: ShardProgram<Command, Numbers> = {
    commands: ['collect', 'learn'],
    mail: { numbers: ['entropyCoef', 'count', 'policyLoss', 'entropy', 'valueLoss'], moments: 4, episodes: episodes || length },
    start: (shard) => startReinforce(shard, options, { episodes, length }),
  };
  const shards = shardsOf('reinforce', options.shards, env);
  const layout = { rolloutLength, episodesPerUpdate, rolloutsPerUpdate };
  return {
    options,
    program,
    settings: {
      algorithm: 'reinforce',
      schema: reinforceSchema,
      needsCritic: false,
      optimizer,
      shards,
      rows: (numEnvs: number) => (length + 1) * numEnvs,
      layout,
    },
  };
}

type Options = ReturnType<typeof planReinforce>['options'];

/** A shard's part of a rollout, in the order in which the data flows: from its environments to its gradients. */
function startReinforce(
  shard: Shard<Numbers>,
  options: Options,
  { episodes, length }: { readonly episodes: number; readonly length: number },
): ShardSteps<Command> {
  const { env, network, actionRng: rng, mail } = shard;
  const { numEnvs } = env;
  const { numbers, moments } = mail;
  const critic = options.baseline === 'value' ? shard.valueHead : undefined;
  const collector = new Collector({ env, network, rng, length, episodes: mail.episodes });
  const buffers = {
    ends: new Uint8Array(length * numEnvs),
    returns: new Float32Array(length * numEnvs),
    advantages: new Float32Array(length * numEnvs),
  };
  let rows = 0;

  function collect(): void {
    const collected = options.rolloutLength === undefined ? collector.collectEpisodes(episodes) : collector.collectSteps();
    numbers.steps = collected.steps;
    rows = collected.length * numEnvs;
    const { rewards, done, valid } = collector.rollout.first(rows);

    const ends = options.resetOnReward ? pointEnds({ rewards, done }, buffers.ends.subarray(0, rows)) : done;
    const returns = discountedReturns({ rewards, done: ends, numEnvs }, { gamma: options.gamma }, buffers.returns.subarray(0, rows));
    const advantages = buffers.advantages.subarray(0, rows);
    advantages.set(returns);
    if (critic !== undefined) {
      const values = network.output(critic).subarray(0, rows);
      for (let i = 0; i < rows; i++) advantages[i]! -= values[i]!;
      const { targets, errors } = valueMoments({ values, targets: returns, valid });
      moments.put(TARGETS, targets);
      moments.put(ERRORS, errors);
    }
    moments.put(ADVANTAGES, validMoments(advantages, valid));
  }

  function learn(): void {
    const { done, valid } = collector.rollout.first(rows);
    const advantages = buffers.advantages.subarray(0, rows);
    centerReturns(advantages, { valid, done, numEnvs }, { ...options, whole: moments.get(ALL_ADVANTAGES) });

    const { entropyCoef, count } = numbers;
    const { policyLoss, entropy } = policyGradientLoss(network, { advantages, valid }, { ...options, entropyCoef, count });
    numbers.policyLoss = policyLoss;
    numbers.entropy = entropy;
    if (critic !== undefined) {
      const valueRows = { values: network.output(critic).subarray(0, rows), targets: buffers.returns.subarray(0, rows), valid };
      numbers.valueLoss = valueLoss(valueRows, { ...options, count }, network.outputGradient(critic));
    }
    network.backward(rows);
  }

  return { collector, commands: { collect, learn } };
}

function learnReinforce(composition: Composition<ReinforceOptions>): Learner<Space, Space, ReinforceUpdate> {
  const { options, program, settings } = planReinforce(composition);
  const run = createRun(composition, settings);
  const { network } = run;
  const shards = createShards(run, program);
  const { mails } = shards;
  const gradients = new GradientMerge(network, options.rolloutsPerUpdate, options.reduction);
  const tally = new Tally();

  /** One update: the mean of what its rollouts say. */
  function update(progress: number): ReinforceUpdate {
    const entropyCoef = scheduleAt('entropyCoef', options.entropyCoef, progress);
    const losses = Array.from({ length: options.rolloutsPerUpdate }, () => {
      const loss = lossOfRollout(entropyCoef);
      gradients.add();
      return loss;
    });
    gradients.write();
    const learningRate = scheduleAt('learningRate', options.learningRate, progress);
    const gradientNorm = optimize(network, { ...options, learningRate });
    return { ...tally.finishUpdate(), ...meanOf(losses), gradientNorm, learningRate, entropyCoef };
  }

  /** Plays a rollout and leaves the gradients of its loss in the network: what the shards make of it, summed in their order. */
  function lossOfRollout(entropyCoef: number): PolicyGradientLoss & Partial<ValueLoss> {
    shards.run('collect');
    tally.add(mails);
    tellAll(mails, { entropyCoef, count: sumOf(mails, 'steps') });
    const advantages = mergedMoments(mails, ADVANTAGES);
    for (const { moments } of mails) moments.put(ALL_ADVANTAGES, advantages);
    shards.run('learn');
    shards.sumGradients();
    const loss = { policyLoss: sumOf(mails, 'policyLoss'), entropy: sumOf(mails, 'entropy') };
    if (options.baseline !== 'value') return loss;
    const explained = explainedVariance(mergedMoments(mails, TARGETS), mergedMoments(mails, ERRORS));
    return { ...loss, valueLoss: sumOf(mails, 'valueLoss'), explainedVariance: explained };
  }

  return createLearner(run, { tally, shards, update });
}
