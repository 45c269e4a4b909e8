import { parseOptions } from '@pg/core';
import { type PlainError, plainError, type ThreadTask } from '@pg/core/threads';
import { type SharedNetwork, wasmEngine } from '@pg/nn';
import type { Composition } from '../builder/algorithm-builder.js';
import type { BuilderTask } from '../workers/builder-task.js';
import { createWorker } from './create-worker.js';
import { type A3cOptions, a3cSchema } from './options.js';
import { Phase, SharedRun, type SharedRunMemory } from './shared-run.js';
import { HogwildSteps, LockedSteps, ownerOf } from './shared-steps.js';
import { workerLoop } from './worker-loop.js';
import { restoreWorker, saveWorker, type WorkerState } from './worker-state.js';

/** What a worker's thread is told when it is started. */
export interface A3cTask extends BuilderTask {
  readonly worker: number;
  readonly run: SharedRunMemory;
  /** What it goes on from; undefined for one that begins. */
  readonly state: WorkerState | undefined;
}

/** What a worker's thread says. */
export type WorkerMessage =
  /** It is about to make its first update. */
  | { readonly kind: 'started'; readonly network: SharedNetwork }
  /** There are reports to read. */
  | { readonly kind: 'reports' }
  /** It waits for another ticket than this one. */
  | { readonly kind: 'parked'; readonly ticket: number; readonly state: WorkerState | undefined; readonly stateError: PlainError | undefined }
  /** It has ended as it was told to. */
  | { readonly kind: 'ended' };

/** How long a parked thread sleeps before timers and messages get their turn. */
const IDLE_MS = 100;

/** Does a worker's work on this thread until the run is closed. */
export async function runWorker(composition: Composition<A3cOptions>, { task, channel }: ThreadTask<A3cTask>): Promise<void> {
  const { worker: number, seed, run: memory, state } = task;
  const { port } = channel;
  const post = (message: WorkerMessage) => port.postMessage(message);
  const run = new SharedRun(memory);
  const options = parseOptions('a3c', a3cSchema, composition.options ?? {});
  const parts = { run, worker: number, ring: () => post({ kind: 'reports' }) };
  const { worker, steps } = createWorker({
    worker: number,
    seed,
    composition,
    options,
    engine: wasmEngine({ memory: memory.memory, user: ownerOf(number) }),
    optimize: memory.parameters,
    stepsOf: (made) => (options.mode === 'hogwild' ? new HogwildSteps({ ...parts, ...made }) : new LockedSteps({ ...parts, ...made })),
  });
  try {
    if (state) restoreWorker(worker, state, 'a3c().load');
    steps.pull();
    run.setPhase(number, Phase.working);
    post({ kind: 'started', network: worker.parts.network.shared! });
    await workerLoop(worker, run, {
      onPark: (ticket) => post({ kind: 'parked', ticket, ...stateOf(() => saveWorker(worker)) }),
      ends: () => run.closing,
      sleep: (ticket) => run.awaitTicket(ticket, IDLE_MS),
    });
  } finally {
    worker.dispose();
  }
  post({ kind: 'ended' });
  port.close();
}

/** A state that cannot be written down matters only to those who want it. */
function stateOf(save: () => WorkerState): Pick<Extract<WorkerMessage, { kind: 'parked' }>, 'state' | 'stateError'> {
  try {
    return { state: save(), stateError: undefined };
  } catch (error) {
    return { state: undefined, stateError: plainError(error) };
  }
}
