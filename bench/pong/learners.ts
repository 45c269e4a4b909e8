import { a2c } from '@pg/algos';
import { karpathyDifference, pong, vectorize } from '@pg/envs';
import { rmsprop, scaledNormal } from '@pg/nn';
import { actorCritic, mlp } from '@pg/policies';
import { learnCartPoles } from '../a2c/learners.js';

/** How large a run is. */
export interface RunSize {
  readonly numEnvs: number;
  readonly rolloutLength: number;
}

/** What may differ from the recipe. */
interface Preset {
  readonly hidden?: number;
  readonly shards?: number;
}

/** Weights as numpy's randn over the square root of the inputs. */
const weightInit = scaledNormal();
const bare = { bias: false, weightInit };

/**
 * Recipe R2: advantage actor-critic on Pong from differences of pictures, rounds of whole episodes, one network of `hidden` ReLU whose
 * only bias is the value's.
 */
export function pongAgent({ numEnvs, rolloutLength }: RunSize, { hidden = 200, shards = 1 }: Preset = {}) {
  return a2c()
    .env(vectorize(pong({ frameSkip: 4, repeatActionProbability: 0 }).pipe(karpathyDifference()), { numEnvs }))
    .policy(actorCritic({ encoder: mlp([hidden], 'relu', bare), output: bare, valueOutput: { weightInit } }))
    .options({
      rolloutLength,
      rounds: true,
      shards,
      gamma: 0.99,
      lambda: 1,
      reduction: 'sum',
      valueCoef: 0.5,
      entropyCoef: 0.01,
      maxGradValue: 40,
      maxGradNorm: Number.POSITIVE_INFINITY,
      learningRate: 1e-3,
      optimizer: rmsprop(),
    });
}

/** R2's environments, and steps of each an update. */
export const R2 = { numEnvs: 16, rolloutLength: 50 };

/** Many CartPoles. */
export const CART_POLES = 2048;

/** What threads import: R2 in two parts, and many CartPoles. */
export const r2InShards = pongAgent(R2, { shards: 2 });
export const cartPoles = learnCartPoles(CART_POLES);
