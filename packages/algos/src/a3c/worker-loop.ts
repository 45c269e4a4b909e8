import { nextEventLoopTurn } from '@pg/core';
import type { A3cWorker } from './a3c-worker.js';
import { Phase, type SharedRun } from './shared-run.js';

/** How a worker's thread speaks and sleeps. */
export interface LoopSettings {
  /** Called when the worker parks, with the ticket that it has seen; the run may be changed until it gets another. */
  readonly onPark: (ticket: number) => void;
  /** Whether it is to end; asked while it is parked. */
  readonly ends: () => boolean;
  /** Sleeps until there may be another ticket. */
  readonly sleep: (ticket: number) => void;
  /** After so many updates timers, output and messages get their turn; 64 by default. */
  readonly updatesATurn?: number;
}

/** A worker's life: updates while somebody reads them, until the run pauses or is over; then it parks, and goes on with the next ticket. */
export async function workerLoop(worker: A3cWorker, run: SharedRun, { onPark, ends, sleep, updatesATurn = 64 }: LoopSettings): Promise<void> {
  const { worker: number, shared } = worker.parts;
  for (let updates = 1; ; ) {
    const ticket = run.ticket;
    if (run.paused || shared.step >= run.goal) {
      run.setPhase(number, Phase.parked);
      onPark(ticket);
      while (run.ticket === ticket) {
        if (ends()) return;
        sleep(ticket);
        await nextEventLoopTurn();
      }
      if (ends()) return;
      run.setPhase(number, Phase.working);
      shared.pull();
      continue;
    }
    if (!run.reports.hasRoom(run.workers)) {
      run.setPhase(number, Phase.waiting);
      run.reports.awaitReader(run.workers);
      await nextEventLoopTurn();
      run.setPhase(number, Phase.working);
      continue;
    }
    worker.update();
    run.beat(number);
    if (updates++ % updatesATurn === 0) await nextEventLoopTurn();
  }
}
