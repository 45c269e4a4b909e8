import {
  describeSpace,
  describeValue,
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
import { type EnvSpec, type VectorEnv, vectorize, withoutNormalization } from '@pg/envs';
import { type CompiledNetwork, copyTensors, type Engine, wasmEngine, writableInput } from '@pg/nn';
import type { Policy, PolicySpaces } from '@pg/policies';
import * as z from 'zod/mini';
import { actionClipper } from '../rollouts/clip-actions.js';
import { maskable } from '../rollouts/maskable.js';

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
}

/** What `evaluate` accepts; its seed is 0, that of `learner.evaluate` the run's, unless given. */
export const evaluateSchema = z.strictObject({
  episodes: z._default(z.int().check(z.gte(1)), 100),
  greedy: z._default(z.boolean(), true),
  seed: z.optional(z.int()),
});

const schema = z.strictObject({
  ...evaluateSchema.shape,
  engine: z.optional(
    z.custom<Engine>((value) => typeof value === 'object' && value !== null && 'compile' in value, { error: 'an engine: wasmEngine() of @pg/nn' }),
  ),
});

/** The most copies that are stepped together. */
const MOST_ENVS = 128;

/** Steps of all copies between two turns of the event loop. */
const STEPS_A_TURN = 64;

/**
 * Plays fresh episodes with a policy. Every copy of the environment plays a number of episodes that is fixed beforehand, so
 * short episodes are not preferred; the policy is not changed and draws nothing from its own random stream. Where the environment
 * normalises, it is played without: the policy scales observations as it has learned to, and returns are of the rewards as they are.
 *
 * @param policy - a learner's, a created or a loaded one
 * @param env - where to play; a vectorised specification counts as the environment that it copies
 * @throws InvalidOptionsError when an option is wrong
 * @throws IncompatiblePolicyError when the policy is for other spaces than the environment's
 */
export async function evaluate<TObs extends Space, TAct extends Space>(
  policy: Policy<TObs, TAct>,
  env: EnvSpec<TObs, TAct, boolean>,
  options: EvaluateOptions & { readonly engine?: Engine } = {},
): Promise<Evaluation> {
  checkParts(policy, env);
  const { engine = wasmEngine(), episodes, greedy, seed = 0 } = parseOptions('evaluate', schema, options);
  const distribution = maskable('evaluate', policy, env);
  const numEnvs = Math.min(episodes, MOST_ENVS);
  const rng = Rng.fromSeed(seed).stream('evaluate');
  const envs = vectorize(withoutNormalization(env), { numEnvs }).make({ seed: rng.stream('envs').uint32() });
  const network = engine.compile(policy.model.network, { rows: numEnvs, distribution, sequence: { numEnvs } });
  try {
    copyTensors(policy.parameters, network.parameters);
    return summarize(await play({ envs, network, rng, greedy, episodes, scaling: policy.observationScaling }));
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
}

interface FinishedEpisode {
  readonly return: number;
  readonly length: number;
}

/** Plays until every copy has finished its share of the episodes; what it plays beyond that does not count. */
async function play({ envs, network, rng, greedy, episodes, scaling }: Play): Promise<FinishedEpisode[]> {
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
      if (remaining[n]! > 0) finished.push({ return: running.returns[n]!, length: running.lengths[n]! });
      remaining[n]! -= 1;
      running.returns[n] = 0;
      running.lengths[n] = 0;
    }
    if (t % STEPS_A_TURN === 0) await nextEventLoopTurn();
  }
  return finished;
}

/** For JavaScript callers, whom the types do not stop; and for episodes that might never end. */
function checkParts(policy: Policy<Space, Space>, env: EnvSpec<Space, Space, boolean>): void {
  if (policy === null || typeof policy !== 'object' || !('model' in policy))
    throw wrongPart(`the policy ${describeValue(policy)}`, 'a policy', 'Pass learner.policy, or what createPolicy or loadPolicy give.');
  if (env === null || typeof env !== 'object' || !('~source' in env))
    throw wrongPart(`the environment ${describeValue(env)}`, 'an environment specification', 'Pass what cartPole() or defineEnv() return.');
  if (env.maxSteps === Number.POSITIVE_INFINITY)
    throw wrongPart(`${env.id} without a time limit`, 'episodes that are sure to end', 'Give the environment a finite maxSteps.');
  checkSpaces(policy, withoutNormalization(env));
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

function summarize(finished: readonly FinishedEpisode[]): Evaluation {
  const returns = finished.map((episode) => episode.return);
  const lengths = finished.map((episode) => episode.length);
  const { mean, std } = moments(returns);
  return { meanReturn: mean, stdReturn: std, meanLength: moments(lengths).mean, returns, lengths };
}
