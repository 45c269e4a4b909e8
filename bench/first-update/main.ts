// Makes one update of A2C on CartPole and says so: the time from the start of the process to this line is what a user waits for.
import { a2c } from '@pg/algos';
import { cartPole, vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';

const learner = a2c()
  .env(vectorize(cartPole(), { numEnvs: 8 }))
  .policy(actorCritic({ encoder: mlp([64, 64]) }))
  .build({ seed: 0 });

for await (const update of learner.train({ steps: 1 })) console.log(`update ${update.updates} after ${performance.now().toFixed(0)} ms`);
learner.dispose();
