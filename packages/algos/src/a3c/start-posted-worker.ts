import { nextEventLoopTurn } from '@pg/core';
import { NOT_LOADED, type PlainError, plainError, READY, receiveMessage } from '@pg/core/threads';
import type { StartedWorker } from '../workers/worker-options.js';
import type { ThreadListener, ThreadStart, WorkerThread } from './start-thread.js';
import type { WorkerMessage } from './worker-thread.js';

/** How long a terminated worker of a page may take to be gone: nothing says when it is. */
const GONE_MS = 100;

/** A worker, of a page or of Node, as it is used here. */
interface PostedWorker extends StartedWorker {
  addEventListener?(type: string, listener: (event: ErrorEvent & MessageEvent) => void): void;
  on?(type: string, listener: (value: never) => void): void;
  unref?(): void;
}

/** Starts a worker that says when it can be told what to do, and is told by a message. */
export function startPostedWorker(create: () => StartedWorker, { task }: ThreadStart, { onMessage, onEnd }: ThreadListener): WorkerThread {
  const { port1, port2 } = new MessageChannel();
  const policy = watchPolicy();
  let worker: PostedWorker | undefined;
  let [ended, ready] = [false, false];
  const end = async (crash: PlainError | undefined, exitCode: number) => {
    if (ended) return;
    ended = true;
    await worker?.terminate();
    if (worker?.on === undefined) await new Promise((resolve) => setTimeout(resolve, GONE_MS));
    policy.stop();
    for (let last = receiveMessage(port1); last !== undefined; last = receiveMessage(port1)) onMessage(last as WorkerMessage);
    port1.close();
    onEnd({ crash, exitCode });
  };
  const fail = async (error: unknown, message: string | undefined) => {
    // events of the page's policy come beside those of the worker
    await nextEventLoopTurn();
    if (error) return end(plainError(error), 1);
    const why = policy.violation() ?? message ?? 'its file is not there, or is not served as JavaScript: the console says which';
    return end({ ...plainError(new Error(why)), code: ready ? undefined : NOT_LOADED }, 1);
  };
  const told = (message: unknown) => {
    if (message !== READY || ready) return;
    ready = true;
    worker!.postMessage({ ...task, channel: { thread: task.task.worker, control: task.task.run.words, port: port2 } }, [port2 as never]);
  };
  port1.onmessage = ({ data }: MessageEvent<WorkerMessage | { failure: PlainError } | { crash: PlainError }>) => {
    if ('crash' in data) return void end(data.crash, 1);
    onMessage(data);
    if ('kind' in data && data.kind === 'ended') void end(undefined, 0);
  };
  try {
    worker = create() as PostedWorker;
    listen(worker, { told, fail, end });
    for (const each of [worker, port1 as { unref?(): void }]) each.unref?.();
  } catch (error) {
    void end({ ...plainError(error), code: NOT_LOADED }, 1);
  }
  return { terminate: () => void end(undefined, 1) };
}

interface Listeners {
  told(message: unknown): void;
  fail(error: unknown, message: string | undefined): void;
  end(crash: PlainError | undefined, exitCode: number): void;
}

function listen(worker: PostedWorker, { told, fail, end }: Listeners): void {
  if (typeof worker.on === 'function') {
    worker.on('message', told);
    worker.on('error', (error) => end(plainError(error), 1));
    worker.on('exit', (exitCode) => end(undefined, exitCode));
    return;
  }
  worker.addEventListener!('message', ({ data }) => told(data));
  worker.addEventListener!('error', (event) => {
    event.preventDefault();
    fail(event.error, event.message || undefined);
  });
}

/** Notices what the page's Content-Security-Policy forbids; there is none in Node. */
function watchPolicy(): { violation(): string | undefined; stop(): void } {
  if (typeof globalThis.addEventListener !== 'function') return { violation: () => undefined, stop: () => {} };
  let violation: string | undefined;
  const listener = (event: Event) => {
    const { effectiveDirective, blockedURI } = event as SecurityPolicyViolationEvent;
    violation ??= `the page's Content-Security-Policy forbids it: ${effectiveDirective} does not allow ${blockedURI}`;
  };
  globalThis.addEventListener('securitypolicyviolation', listener);
  return { violation: () => violation, stop: () => globalThis.removeEventListener('securitypolicyviolation', listener) };
}
