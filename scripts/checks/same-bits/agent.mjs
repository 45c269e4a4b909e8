// What the workers of A3C import, in Node and in a page.
import { a3c } from '@pg/algos';
import { cartPole, vectorize } from '@pg/envs';
import { actorCriticLstm, mlp } from '@pg/policies';

export const agent = a3c()
  .env(vectorize(cartPole(), { numEnvs: 2 }))
  .policy(actorCriticLstm({ encoder: mlp([16]), units: 16 }))
  .options({ learningRate: 1e-3 });
