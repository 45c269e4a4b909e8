import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type Moment, playGames } from './games.js';

/** The games of a worker thread, which plays on only when it is asked to. */
export async function* playInThread(file: URL, policy: string, seed: number): AsyncGenerator<Moment> {
  const worker = new Worker(file, { workerData: { policy, seed } });
  try {
    for (;;) {
      worker.postMessage('next');
      const [{ picture, ...moment }] = await once(worker, 'message'); // what is thrown there is thrown here
      yield { ...moment, render: () => picture };
    }
  } finally {
    await worker.terminate();
  }
}

/** The other side: loads the policy and plays in the worker thread. */
export function serveGames(): void {
  const { policy, seed } = workerData as { readonly policy: string; readonly seed: number };
  const games = playGames(policy, seed);
  parentPort!.on('message', async () => {
    const { render, ...moment } = (await games.next()).value;
    parentPort!.postMessage({ ...moment, picture: render() });
  });
}
