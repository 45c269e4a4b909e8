import { a3c } from '@pg/algos';
import { cartPole } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';

export const agent = a3c()
  .env(cartPole())
  .policy(actorCritic({ encoder: mlp([16]) }))
  .options({ rolloutLength: 10 });
