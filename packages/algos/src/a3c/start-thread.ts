import { NOT_LOADED, nodeThreads, type PlainError, plainError, requireProgramThread, THREAD_URL, type ThreadTask, WEB_SOURCE } from '@pg/core/threads';
import { threadWords } from '../workers/words.js';
import type { StartedWorker } from '../workers/worker-options.js';
import { startPostedWorker } from './start-posted-worker.js';
import { whyNotLoaded } from './why-not-loaded.js';
import type { A3cTask, WorkerMessage } from './worker-thread.js';

/** How a thread has ended. */
export interface ThreadEnd {
  /** What it ended with, if not by itself. */
  readonly crash: PlainError | undefined;
  readonly exitCode: number | undefined;
}

/** A thread that was started. */
export interface WorkerThread {
  /** Ends it, whatever it is doing; its listener hears of the end. */
  terminate(): void;
}

/** Who hears of a thread. */
export interface ThreadListener {
  onMessage(message: WorkerMessage | { readonly failure: PlainError }): void;
  /** Called once, when nothing of it runs any more and all its messages have been heard. */
  onEnd(end: ThreadEnd): void;
}

/** What a thread is started with. */
export interface ThreadStart {
  readonly task: Omit<ThreadTask<A3cTask>, 'channel'>;
  readonly heapMb: number | undefined;
  /** Starts the worker in place of the module of the task. */
  readonly startWorker?: (() => StartedWorker) | undefined;
}

/** Starts a thread that does a task. */
export type StartThread = (start: ThreadStart, listener: ThreadListener) => WorkerThread;

/** Starts a thread of Node, or a worker of a page, or what the program starts itself. */
export const startThread: StartThread = (start, listener) => {
  if (start.startWorker) return startPostedWorker(start.startWorker, start, listener);
  const isPage = typeof (globalThis as { process?: { getBuiltinModule?: unknown } }).process?.getBuiltinModule !== 'function' && typeof Worker === 'function';
  return isPage ? startWebWorker(start, listener) : startNodeThread(start, listener);
};

function startNodeThread({ task, heapMb }: ThreadStart, { onMessage, onEnd }: ThreadListener): WorkerThread {
  requireProgramThread(threadWords('a3c'));
  const { MessageChannel, receiveMessageOnPort, Worker } = nodeThreads<typeof import('node:worker_threads')>(threadWords('a3c'));
  const { port1, port2 } = new MessageChannel();
  const { worker: thread } = task.task;
  const worker = new Worker(new URL(THREAD_URL), {
    workerData: { ...task, channel: { thread, control: task.task.run.words, port: port2 } },
    transferList: [port2],
    resourceLimits: heapMb === undefined ? {} : { maxOldGenerationSizeMb: heapMb },
  });
  let crash: PlainError | undefined;
  port1.on('message', onMessage);
  worker.on('error', (error) => {
    crash = plainError(error);
  });
  worker.on('exit', (exitCode) => {
    for (let last = receiveMessageOnPort(port1); last !== undefined; last = receiveMessageOnPort(port1)) onMessage(last.message);
    port1.close();
    onEnd({ crash, exitCode });
  });
  // the program stays for those who wait for updates, not for the threads that make them
  for (const each of [worker, port1]) each.unref();
  return { terminate: () => void worker.terminate() };
}

/** A worker of a page that imports the module. A module that cannot be loaded is looked at, since browsers do not say what is wrong with it. */
function startWebWorker(start: ThreadStart, { onMessage, onEnd }: ThreadListener): WorkerThread {
  const url = URL.createObjectURL(new Blob([WEB_SOURCE], { type: 'text/javascript' }));
  let hasStarted = false;
  return startPostedWorker(() => new Worker(url, { type: 'module' }), start, {
    onMessage(message) {
      hasStarted = true;
      onMessage(message);
    },
    async onEnd({ crash, exitCode }) {
      URL.revokeObjectURL(url);
      const why = crash?.name === 'TypeError' && !hasStarted ? await whyNotLoaded(start.task.module) : undefined;
      onEnd({ crash: why === undefined ? crash : { ...crash!, message: why, code: NOT_LOADED }, exitCode });
    },
  });
}
