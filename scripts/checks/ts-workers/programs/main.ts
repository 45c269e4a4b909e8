// Trains with workers of the module that is named, in every manner, and prints how many updates there were.
import { vectorize } from '@pg/envs';
import type * as agents from './plain.js';

const [source, module] = process.argv.slice(2).map((name) => new URL(name, import.meta.url));
const { asynchronous, env, synchronous }: typeof agents = await import(source!.href);

type Built = ReturnType<typeof agents.asynchronous.build> | ReturnType<typeof agents.synchronous.build>;

async function train(learner: Built): Promise<number> {
  let updates = 0;
  for await (const update of learner.train({ steps: 400 })) updates = update.updates;
  await learner[Symbol.asyncDispose]();
  return updates;
}

try {
  const inTurns = await train(asynchronous.build({ seed: 1, workers: 2, module, export: 'asynchronous' }));
  const inLockstep = await train(synchronous.build({ seed: 1, workers: 2, module, export: 'synchronous' }));
  const copies = vectorize(env, { numEnvs: 4, workers: 2, module, export: 'env' }).make({ seed: 1 });
  const { length } = copies.reset();
  copies.close();
  console.log(JSON.stringify({ inTurns: inTurns >= 40, inLockstep, length }));
} catch (error) {
  console.log((error as Error).message);
}
