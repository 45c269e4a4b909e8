// TypeScript that Node reads by itself.
import { a2c, a3c } from '@pg/algos';
import { cartPole, vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';

const size: number = 8;
const policy = actorCritic({ encoder: mlp([size]) });

export const env = cartPole();
export const asynchronous = a3c().env(env).policy(policy).options({ rolloutLength: 10 });
export const synchronous = a2c()
  .env(vectorize(env, { numEnvs: 4 }))
  .policy(policy)
  .options({ shards: 2, rolloutLength: 10 });
