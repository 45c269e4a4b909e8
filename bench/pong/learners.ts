import { a2c } from '@pg/algos';
import { cartPole, karpathyDifference, pong, vectorize } from '@pg/envs';
import { adam, rmsprop, scaledNormal } from '@pg/nn';
import { actorCritic, mlp } from '@pg/policies';

/** How large a run is. */
export interface RunSize {
  readonly numEnvs: number;
  readonly rolloutLength: number;
  readonly seed: number;
}

/** Weights as numpy's randn over the square root of the inputs. */
const weightInit = scaledNormal();
const bare = { bias: false, weightInit };

/**
 * Recipe R2: advantage actor-critic on Pong from differences of pictures, rounds of whole episodes, one network of `hidden` ReLU whose
 * only bias is the value's.
 */
export function learnPong({ numEnvs, rolloutLength, seed, hidden = 200 }: RunSize & { readonly hidden?: number }) {
  return a2c()
    .env(vectorize(pong({ frameSkip: 4, repeatActionProbability: 0 }).pipe(karpathyDifference()), { numEnvs }))
    .policy(actorCritic({ encoder: mlp([hidden], 'relu', bare), output: bare, valueOutput: { weightInit } }))
    .options({
      rolloutLength,
      rounds: true,
      gamma: 0.99,
      lambda: 1,
      reduction: 'sum',
      valueCoef: 0.5,
      entropyCoef: 0.01,
      maxGradValue: 40,
      maxGradNorm: Number.POSITIVE_INFINITY,
      learningRate: 1e-3,
      optimizer: rmsprop(),
    })
    .build({ seed });
}

/** What `torch_a2c_cartpole.py` does: two 4-64-64 tanh networks. */
export function learnCartPole({ numEnvs, rolloutLength, seed }: RunSize) {
  return a2c()
    .env(vectorize(cartPole(), { numEnvs }))
    .policy(actorCritic({ encoder: mlp([64, 64]), shared: false }))
    .options({
      rolloutLength,
      gamma: 0.99,
      lambda: 0.95,
      valueCoef: 0.5,
      valueLoss: 'squared',
      entropyCoef: 0.01,
      maxGradNorm: 0.5,
      learningRate: 7e-4,
      optimizer: adam(),
    })
    .build({ seed });
}
