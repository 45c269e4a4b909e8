import { describeValue, InvalidOptionsError } from '@pg/core';
import { plainError, READY, type ThreadTask } from '@pg/core/threads';
import { type BuilderTask, WORK } from './builder-task.js';

/** The builder of an algorithm, of any environment and policy. */
export interface ServedBuilder {
  /** Does a part of a run on a worker thread. */
  readonly '~work': (task: never) => Promise<void>;
}

/** A worker's own end of the channel to the thread that has started it. */
interface Parent {
  postMessage(message: unknown): void;
  onTask(listener: (task: ThreadTask<BuilderTask>) => void): void;
}

/**
 * Makes the calling worker one of a learner's, which starts it by the option `startWorker`: the last line of a worker's own file.
 *
 * @param builder - the very builder that is built on the other side
 * @throws InvalidOptionsError for something else, and where there is no worker
 *
 * @example
 * ```ts
 * // agent.worker.ts
 * import { serveWorker } from '@pg/algos';
 * import { agent } from './agent.js';
 *
 * serveWorker(agent);
 * ```
 */
export function serveWorker(builder: ServedBuilder): void {
  if (builder === null || typeof builder !== 'object' || typeof builder[WORK] !== 'function') {
    throw new InvalidOptionsError({
      where: 'serveWorker',
      got: describeValue(builder),
      expected: 'what a3c().env(…).policy(…) returns',
      remedy: 'Pass the builder itself, before .build().',
    });
  }
  const parent = findParent();
  parent.onTask((task) => {
    const { port } = task.channel;
    builder[WORK](task as never).catch((error) => port.postMessage({ crash: plainError(error) }));
  });
  parent.postMessage(READY);
}

/** @throws InvalidOptionsError on a program's main thread, and on a page's */
function findParent(): Parent {
  const scope = globalThis as {
    process?: { getBuiltinModule?(id: string): typeof import('node:worker_threads') };
    WorkerGlobalScope?: unknown;
    postMessage?(message: unknown): void;
    addEventListener?(type: 'message', listener: (event: { data: unknown }) => void, options: { once: true }): void;
  };
  const port = scope.process?.getBuiltinModule?.('node:worker_threads').parentPort;
  if (port) return { postMessage: (message) => port.postMessage(message), onTask: (listener) => void port.once('message', listener) };
  if (scope.WorkerGlobalScope !== undefined && typeof scope.postMessage === 'function') {
    return {
      postMessage: (message) => scope.postMessage!(message),
      onTask: (listener) => scope.addEventListener!('message', ({ data }) => listener(data as ThreadTask<BuilderTask>), { once: true }),
    };
  }
  throw new InvalidOptionsError({
    where: 'serveWorker',
    got: 'a call outside a worker',
    expected: 'one in the file of a worker',
    remedy: "Call it in a file of its own, and start that: startWorker: () => new Worker(new URL('./agent.worker.ts', import.meta.url), { type: 'module' }).",
  });
}
