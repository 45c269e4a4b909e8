import {
  describeSpace,
  describeValue,
  type GlobalAbortSignal,
  IncompatiblePolicyError,
  InvalidOptionsError,
  moments,
  nextEventLoopTurn,
  type ObservationScaling,
  parseOptions,
  Rng,
  type Space,
  scaleObservations,
} from '@pg/core';
import { type EnvSpec, timeLimit, type VectorEnv, vectorize, withoutNormalization } from '@pg/envs';
import { type CompiledNetwork, copyTensors, type Engine, wasmEngine, writableInput } from '@pg/nn';
import type { Policy, PolicySpaces } from '@pg/policies';
import * as z from 'zod/mini';
import { actionClipper } from '../rollouts/clip-actions.js';
import { maskable } from '../rollouts/maskable.js';
import { abortSignal, count } from '../training/common-options.js';

/** What {@link evaluate} can be told. */
export interface EvaluateOptions {
  /** How many whole episodes; 100 by default. */
  readonly episodes?: number;
  /** The most probable actions instead of drawn ones; true by default. */
  readonly greedy?: boolean;
  /**
   * Seed of the environments and of drawn actions; the random streams are never those of training. By default the run's seed for a
   * learner, 0 otherwise.
   */
  readonly seed?: number;
  /**
   * The most steps of an episode; the environment's own limit by default. A longer episode is cut there, as by Gymnasium's `TimeLimit`: it
   * counts with what it has returned so far, and `unfinished` counts it too. A policy that never ends an episode is evaluated all the same.
   */
  readonly maxSteps?: number;
  /**
   * Stops the evaluation when it fires: the promise is rejected with the signal's reason, as that of `fetch`. The episodes until then are
   * not given: most of them would be short ones.
   */
  readonly signal?: GlobalAbortSignal;
}

/** How a policy did. */
export interface Evaluation {
  /** Mean of the returns. */
  readonly meanReturn: number;
  /** Standard deviation of the returns. */
  readonly stdReturn: number;
  /** Mean of the lengths in steps. */
  readonly meanLength: number;
  /** The return of each episode. */
  readonly returns: readonly number[];
  /** The length of each episode in steps. */
  readonly lengths: readonly number[];
  /** How many episodes `maxSteps` has cut, which the environment would have gone on with. */
  readonly unfinished: number;
}

/** What `evaluate` accepts; its seed is 0, that of `learner.evaluate` the run's, unless given. */
export const evaluateSchema = z.strictObject({
  episodes: z._default(z.int().check(z.gte(1)), 100),
  greedy: z._default(z.boolean(), true),
  seed: z.optional(z.int()),
  maxSteps: z.optional(count),
  signal: z.optional(abortSignal),
});

const schema = z.strictObject({
  ...evaluateSchema.shape,
  engine: z.optional(
    z.custom<Engine>((value) => typeof value === 'object' && value !== null && 'compile' in value, { error: 'an engine: wasmEngine() of @pg/nn' }),
  ),
});

/** The most copies that are stepped together. */
const MOST_ENVS = 128;

/** The most steps of each copy between two turns of the event loop, and of all copies together. */
const [STEPS_A_TURN, STEPS_OF_ALL_A_TURN] = [64, 1024];

/**
 * Plays fresh episodes with a policy. Every copy of the environment plays a number of episodes that is fixed beforehand, so
 * short episodes are not preferred; the policy is not changed and draws nothing from its own random stream. Where the environment
 * normalises, it is played without: the policy scales observations as it has learned to, and returns are of the rewards as they are.
 *
 * @param policy - a learner's, a created or a loaded one
 * @param env - where to play; a vectorised specification counts as the environment that it copies
 * @throws InvalidOptionsError when an option is wrong
 * @throws IncompatiblePolicyError when the policy is for other spaces than the environment's
 * @throws the reason of the signal, when that fires
 */
export async function evaluate<TObs extends Space, TAct extends Space>(
  policy: Policy<TObs, TAct>,
  env: EnvSpec<TObs, TAct, boolean>,
  options: EvaluateOptions & { readonly engine?: Engine } = {},
): Promise<Evaluation> {
  const { engine = wasmEngine(), episodes, greedy, seed = 0, maxSteps = Number.POSITIVE_INFINITY, signal } = parseOptions('evaluate', schema, options);
  checkParts(policy, env, maxSteps);
  signal?.throwIfAborted();
  const distribution = maskable('evaluate', policy, env);
  const numEnvs = Math.min(episodes, MOST_ENVS);
  const rng = Rng.fromSeed(seed).stream('evaluate');
  const envs = vectorize(withLimit(withoutNormalization(env), maxSteps), { numEnvs }).make({ seed: rng.stream('envs').uint32() });
  const network = engine.compile(policy.model.network, { rows: numEnvs, distribution, sequence: { numEnvs } });
  try {
    copyTensors(policy.parameters, network.parameters);
    return summarize(
      await play({ envs, network, rng, greedy, episodes, scaling: policy.observationScaling, signal }),
      maxSteps < env.maxSteps ? maxSteps : undefined,
    );
  } finally {
    envs.close();
    network.dispose();
  }
}

interface Play {
  readonly envs: VectorEnv<Space, Space>;
  readonly network: CompiledNetwork;
  readonly rng: Rng;
  readonly greedy: boolean;
  readonly episodes: number;
  readonly scaling: ObservationScaling | undefined;
  readonly signal: AbortSignal | undefined;
}

interface FinishedEpisode {
  readonly return: number;
  readonly length: number;
  readonly terminated: boolean;
}

/** Plays until every copy has finished its share of the episodes; what it plays beyond that does not count. */
async function play({ envs, network, rng, greedy, episodes, scaling, signal }: Play): Promise<FinishedEpisode[]> {
  const { numEnvs } = envs;
  const toExecutable = actionClipper(envs.actionSpace, numEnvs, network.distribution);
  const remaining = Array.from({ length: numEnvs }, (_, n) => Math.floor(episodes / numEnvs) + (n < episodes % numEnvs ? 1 : 0));
  const running = { returns: new Float64Array(numEnvs), lengths: new Int32Array(numEnvs) };
  const finished: FinishedEpisode[] = [];
  const input = writableInput(network);
  const recurrent = network.episodeStarts.length > 0;
  const observe = (obs: ArrayLike<number>) => {
    input.set(obs);
    if (envs.actionMasks) network.distribution.masks.set(envs.actionMasks);
    if (scaling) scaleObservations(input as Float32Array, scaling);
  };
  observe(envs.reset());
  network.episodeStarts.fill(1);
  const stepsATurn = Math.max(1, Math.min(STEPS_A_TURN, Math.floor(STEPS_OF_ALL_A_TURN / numEnvs)));
  for (let t = 1; finished.length < episodes; t++) {
    network.forward(0, numEnvs);
    if (greedy) network.distribution.mode(0, numEnvs);
    else network.distribution.sample(0, numEnvs, rng);
    const { obs, rewards, terminated, truncated } = envs.step(toExecutable(network.distribution.actions));
    observe(obs);
    network.carryState(0);
    for (let n = 0; n < numEnvs; n++) {
      running.returns[n]! += rewards[n]!;
      running.lengths[n]! += 1;
      const ended = terminated[n]! | truncated[n]!;
      if (recurrent) network.episodeStarts[n] = ended;
      if (!ended) continue;
      if (remaining[n]! > 0) finished.push({ return: running.returns[n]!, length: running.lengths[n]!, terminated: terminated[n] === 1 });
      remaining[n]! -= 1;
      running.returns[n] = 0;
      running.lengths[n] = 0;
    }
    if (t % stepsATurn !== 0) continue;
    await nextEventLoopTurn();
    signal?.throwIfAborted();
  }
  return finished;
}

/** For JavaScript callers, whom the types do not stop; and for episodes that might never end. */
function checkParts(policy: Policy<Space, Space>, env: EnvSpec<Space, Space, boolean>, maxSteps: number): void {
  if (policy === null || typeof policy !== 'object' || !('model' in policy))
    throw wrongPart(`the policy ${describeValue(policy)}`, 'a policy', 'Pass learner.policy, or what createPolicy or loadPolicy give.');
  if (env === null || typeof env !== 'object' || !('~source' in env))
    throw wrongPart(`the environment ${describeValue(env)}`, 'an environment specification', 'Pass what cartPole() or defineEnv() return.');
  if (Math.min(env.maxSteps, maxSteps) === Number.POSITIVE_INFINITY)
    throw wrongPart(`${env.id} without a time limit`, 'episodes that are sure to end', 'Set maxSteps here, or give the environment a finite one.');
  checkSpaces(policy, withoutNormalization(env));
}

/** The environment with episodes of so many steps at most. */
function withLimit(env: EnvSpec<Space, Space, boolean>, maxSteps: number): EnvSpec<Space, Space, boolean> {
  return maxSteps < env.maxSteps ? env.pipe(timeLimit(maxSteps)) : env;
}

function wrongPart(got: string, expected: string, remedy: string): InvalidOptionsError {
  return new InvalidOptionsError({ where: 'evaluate', got, expected, remedy });
}

function checkSpaces(policy: PolicySpaces, env: PolicySpaces): void {
  const describe = ({ observationSpace, actionSpace }: PolicySpaces) => `${describeSpace(observationSpace)} to ${describeSpace(actionSpace)}`;
  if (describe(policy) === describe(env)) return;
  throw new IncompatiblePolicyError({
    where: 'evaluate',
    got: `a policy from ${describe(policy)}`,
    expected: `one from ${describe(env)}, as the environment has`,
    remedy: 'Evaluate it in an environment like the one it was trained in.',
  });
}

/** @param cut - where episodes were cut that their environment would have gone on with, if anywhere */
function summarize(finished: readonly FinishedEpisode[], cut: number | undefined): Evaluation {
  const returns = finished.map((episode) => episode.return);
  const lengths = finished.map((episode) => episode.length);
  const { mean, std } = moments(returns);
  const unfinished = finished.filter(({ length, terminated }) => length === cut && !terminated).length;
  return { meanReturn: mean, stdReturn: std, meanLength: moments(lengths).mean, returns, lengths, unfinished };
}
