import { nextEventLoopTurn } from '@pg/core';
import type { NamedTensor, TrainableNetwork } from '@pg/nn';
import type { TrainingLeg } from '../training/training-loop.js';
import type { A3cWorker } from './a3c-worker.js';
import { createWorker, type WorkerSetup } from './create-worker.js';
import type { Crew, CrewUpdate, WorkerRecord } from './crew.js';
import { OwnSteps } from './shared-steps.js';
import { restoreWorker, saveWorker } from './worker-state.js';
import type { WorkerUpdate } from './worker-update.js';

/** One worker in the learner's own thread, which works when it is asked for an update. */
export class LocalCrew implements Crew {
  readonly isWorking = false;
  readonly #worker: A3cWorker;
  readonly #steps: OwnSteps;

  constructor(setup: Omit<WorkerSetup<OwnSteps>, 'worker' | 'stepsOf'>, records: readonly WorkerRecord[], from: string) {
    const { worker, steps } = createWorker({ ...setup, worker: 0, stepsOf: (parts) => new OwnSteps(parts) });
    this.#worker = worker;
    this.#steps = steps;
    const state = records[0]?.state;
    if (state) restoreWorker(worker, state, from);
  }

  get step(): number {
    return this.#steps.step;
  }

  get network(): TrainableNetwork {
    return this.#worker.parts.network;
  }

  get gradients(): readonly NamedTensor[] {
    return this.network.gradients;
  }

  refresh(): void {}

  restore(step: number): void {
    this.#steps.step = step;
  }

  async *updates({ goal, horizon, signal, assertAlive }: TrainingLeg): AsyncGenerator<CrewUpdate, void, undefined> {
    const steps = this.#steps;
    steps.horizon = horizon;
    while (steps.step < goal && !signal?.aborted) {
      assertAlive();
      this.#worker.update();
      yield { ...steps.last!, lost: [] };
      await nextEventLoopTurn();
    }
  }

  rest(): readonly WorkerUpdate[] {
    return [];
  }

  takeRest(): readonly WorkerUpdate[] {
    return [];
  }

  async whilePaused<T>(work: () => T): Promise<T> {
    return work();
  }

  records(): readonly WorkerRecord[] {
    return [{ starts: 1, state: saveWorker(this.#worker) }];
  }

  async dispose(): Promise<void> {
    this.#worker.dispose();
  }
}
