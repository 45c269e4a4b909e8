import { agent } from './agent.js';

const startWorker = () => new Worker(new URL('./agent.worker.js', import.meta.url), { type: 'module' });

/** Trains for a hundred updates on two workers, then stops by a signal. */
async function train() {
  const learner = agent.build({ seed: 1, workers: 2, startWorker });
  const stop = new AbortController();
  const updates: number[] = [];
  const workers = new Set<number>();
  for await (const update of learner.train({ steps: 1e9, signal: stop.signal })) {
    updates.push(update.updates);
    workers.add(update.worker);
    if (updates.length >= 100 && workers.size === 2) stop.abort();
  }
  const { step } = learner;
  // the first update after those that were not read
  const next = await learner.train({ steps: 10 }).next();
  await learner[Symbol.asyncDispose]();
  return { updates, workers: workers.size, step, ahead: next.value!.updates - updates.length - 1 };
}

/** Or the message of its error. */
Object.assign(globalThis, { trained: train().catch((error: Error) => ({ failed: `${error.name}: ${error.message}` })) });
