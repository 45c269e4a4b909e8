import { a2c } from '@pg/algos';
import { cartPole, vectorize } from '@pg/envs';
import { adam } from '@pg/nn';
import { actorCritic, mlp } from '@pg/policies';

/** Steps of each environment an update. */
export const ROLLOUT_LENGTH = 20;

/**
 * What `torch_a2c_cartpole.py` does: two 4-64-64 tanh networks, GAE(0.99, 0.95), ½(V − target)² and 0.01·H, Adam 7e-4, clipping to 0.5.
 */
export function learnCartPoles(numEnvs: number) {
  return a2c()
    .env(vectorize(cartPole(), { numEnvs }))
    .policy(actorCritic({ encoder: mlp([64, 64]), shared: false }))
    .options({
      rolloutLength: ROLLOUT_LENGTH,
      gamma: 0.99,
      lambda: 0.95,
      valueCoef: 1,
      entropyCoef: 0.01,
      maxGradNorm: 0.5,
      learningRate: 7e-4,
      optimizer: adam(),
    });
}
