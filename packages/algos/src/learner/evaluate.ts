import { describeSpace, IncompatiblePolicyError, moments, nextEventLoopTurn, parseOptions, Rng, type Space } from '@pg/core';
import { type EnvSpec, vectorize } from '@pg/envs';
import { copyTensors, type Engine, wasmEngine } from '@pg/nn';
import type { Policy, PolicySpaces } from '@pg/policies';
import * as z from 'zod/mini';
import { actionClipper } from '../rollouts/clip-actions.js';

/** What {@link evaluate} can be told. */
export interface EvaluateOptions {
  /** How many whole episodes; 100 by default. */
  readonly episodes?: number;
  /** The most probable actions instead of drawn ones; true by default. */
  readonly greedy?: boolean;
  /** Seed of the environments and of drawn actions, 0 by default; the random streams are never those of training. */
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

const schema = z.strictObject({
  episodes: z._default(z.int().check(z.gte(1)), 100),
  greedy: z._default(z.boolean(), true),
  seed: z._default(z.int(), 0),
});

/** The most copies that are stepped together. */
const MOST_ENVS = 128;

/** Steps of all copies between two turns of the event loop. */
const STEPS_A_TURN = 64;

/**
 * Plays fresh episodes with a policy. Every copy of the environment plays a number of episodes that is fixed beforehand, so
 * short episodes are not preferred; the policy is not changed and draws nothing from its own random stream.
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
  const { engine = wasmEngine(), ...settings } = options;
  const { episodes, greedy, seed } = parseOptions('evaluate', schema, settings);
  const numEnvs = Math.min(episodes, MOST_ENVS);
  const rng = Rng.fromSeed(seed).stream('evaluate');
  const envs = vectorize(env, { numEnvs }).make({ seed: rng.stream('envs').uint32() });
  checkSpaces(policy, env);
  const network = engine.compile(policy.model.network, { rows: numEnvs, distribution: policy.model.distribution });
  copyTensors(policy.parameters, network.parameters);
  const toExecutable = actionClipper(env.actionSpace, numEnvs);

  const remaining = Array.from({ length: numEnvs }, (_, n) => Math.floor(episodes / numEnvs) + (n < episodes % numEnvs ? 1 : 0));
  const running = { returns: new Float64Array(numEnvs), lengths: new Int32Array(numEnvs) };
  const finished: { return: number; length: number }[] = [];
  envs.reset(network.input);
  for (let t = 1; finished.length < episodes; t++) {
    network.forward(0, numEnvs);
    if (greedy) network.distribution.mode(0, numEnvs);
    else network.distribution.sample(0, numEnvs, rng);
    const { obs, rewards, terminated, truncated } = envs.step(toExecutable(network.distribution.actions));
    network.input.set(obs);
    for (let n = 0; n < numEnvs; n++) {
      running.returns[n]! += rewards[n]!;
      running.lengths[n]! += 1;
      if (!terminated[n] && !truncated[n]) continue;
      if (remaining[n]! > 0) finished.push({ return: running.returns[n]!, length: running.lengths[n]! });
      remaining[n]! -= 1;
      running.returns[n] = 0;
      running.lengths[n] = 0;
    }
    if (t % STEPS_A_TURN === 0) await nextEventLoopTurn();
  }
  network.dispose();
  return summarize(finished);
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

function summarize(finished: readonly { readonly return: number; readonly length: number }[]): Evaluation {
  const returns = finished.map((episode) => episode.return);
  const lengths = finished.map((episode) => episode.length);
  const { mean, std } = moments(returns);
  return { meanReturn: mean, stdReturn: std, meanLength: moments(lengths).mean, returns, lengths };
}
