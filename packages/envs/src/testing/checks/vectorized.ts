import type { DtypeArray, Space } from '@pg/core';
import { type EnvSpec, type VectorEnv, vectorize } from '@pg/envs';
import { type AnyEnv, difference, differentElement, type PlayedStep, Player } from '../playing.js';
import type { CheckContext, CheckResult } from '../report.js';

const COPIES = 3;

/** Many copies, one by one, play what single environments play. */
export function checkVectorized(context: CheckContext): CheckResult {
  const { spec } = context;
  // behind a layer, even one that does nothing, copies are stepped one by one
  const oneByOne = spec.pipe((space, env) => ({ name: 'the same', space, actionSpace: env.actionSpace, wrap: (copy) => copy }));
  const found = compare(context, oneByOne);
  if (found === undefined) return [];
  return [
    {
      got: `${found}, alone and as one of ${COPIES} copies`,
      expected: 'the same play',
      remedy: 'Keep nothing that changes outside the state or the copy, and no array that was passed in: it is valid during the call only.',
    },
  ];
}

/** The form for many copies at once gives what the other functions give. */
export function checkBatch(context: CheckContext): CheckResult {
  const { spec } = context;
  const { definition, layers } = spec['~source'];
  if (layers.length > 0 || definition.batch?.(COPIES) === undefined) return 'nothing to check';
  const found = compare(context, spec);
  if (found === undefined) return [];
  return [
    {
      got: `${found}, from step() and from batch()`,
      expected: 'the same play, bit for bit',
      remedy: 'Compute both by one function, with the same operations in the same order, and draw as often from each rng.',
    },
  ];
}

/** What differs between the first copy of a vector and a single environment. */
function compare({ spec, seed, steps }: CheckContext, many: EnvSpec<Space, Space>): string | undefined {
  const single = Player.start(spec, seed);
  const envs = vectorize(many, { numEnvs: COPIES }).make({ seed });
  const first = (envs.reset() as DtypeArray).slice(0, envs.obsSize);
  const copy = new Player(firstOf(envs, first), seed);
  const found = differentElement(single.first, first);
  const other = copy.play(steps);
  const played = single.player.play(steps).map((step): PlayedStep => ({ ...step, reward: Math.fround(step.reward) }));
  single.player.env.close();
  envs.close();
  return found ?? difference(played, other);
}

/** The first copy of a vector in the form of a single environment; the others are given the same actions, as far as they are allowed. */
function firstOf(envs: VectorEnv<Space, Space>, first: DtypeArray): AnyEnv {
  let next = first;
  const { obsSize, observationSpace, actionSpace } = envs;
  const element = (array: DtypeArray) => (observationSpace.kind === 'discrete' ? array[0] : array.slice(0, obsSize)) as never;
  return {
    actionSpace,
    get actionMask() {
      return envs.actionMasks?.slice(0, envs.actionMasks.length / COPIES);
    },
    reset: () => element(next),
    step(action: number | Float32Array) {
      const actions =
        typeof action === 'number'
          ? Int32Array.from({ length: COPIES }, (_, n) => allowedNear(action, envs.actionMasks, n))
          : Float32Array.from({ length: COPIES * action.length }, (_, i) => action[i % action.length]!);
      const { obs, rewards, terminated, truncated, finalObs } = envs.step(actions);
      const ended = terminated[0] === 1 || truncated[0] === 1;
      next = (obs as DtypeArray).slice(0, obsSize);
      return { obs: element(ended ? finalObs : obs), reward: rewards[0]!, terminated: terminated[0] === 1, truncated: truncated[0] === 1 };
    },
  } as Partial<AnyEnv> as AnyEnv;
}

/** The action where copy `n` allows it, otherwise the first that it allows. */
function allowedNear(action: number, masks: Uint8Array | undefined, n: number): number {
  if (masks === undefined) return action;
  const choices = masks.length / COPIES;
  const mask = masks.subarray(n * choices, (n + 1) * choices);
  return mask[action] ? action : mask.indexOf(1);
}
