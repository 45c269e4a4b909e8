import type { TrainableNetwork } from '@pg/nn';
import type { PolicyModel } from '@pg/policies';
import { gaussianStd } from '../training/gaussian-std.js';
import { Phase, type SharedRun } from './shared-run.js';
import type { SharedSteps, Unroll, WorkerUpdate } from './worker-update.js';

/** What a worker's steps are made with. */
interface StepParts {
  readonly run: SharedRun;
  readonly worker: number;
  /** The worker's own network, compiled to move the shared parameters. */
  readonly network: TrainableNetwork;
  readonly model: Pick<PolicyModel, 'distribution'>;
  /** Wakes the learner's thread, which has something to read. */
  readonly ring: () => void;
}

/** Who has a lock, in its word. */
export const ownerOf = (worker: number): number => worker + 1;

function stdOf(model: StepParts['model'], network: TrainableNetwork): number {
  return gaussianStd(model, network).std ?? Number.NaN;
}

/** Steps of a worker among others, one after the other. */
export class LockedSteps implements SharedSteps {
  readonly #parts: StepParts;
  readonly #owner: number;
  /** How many updates had been made when the worker took its copy. */
  #pulledAt = 0;

  constructor(parts: StepParts) {
    this.#parts = parts;
    this.#owner = ownerOf(parts.worker);
  }

  get step(): number {
    const { run, network } = this.#parts;
    return run.stepAfter(network.optimizerSteps);
  }

  get progress(): number {
    return Math.min(1, this.step / this.#parts.run.horizon);
  }

  pull(): void {
    const { run, network } = this.#parts;
    this.#acquire();
    network.pull();
    this.#pulledAt = network.optimizerSteps;
    run.lock.release(this.#owner);
  }

  apply(unroll: Unroll): void {
    const { run, network, model, ring } = this.#parts;
    this.#acquire();
    const before = network.optimizerSteps;
    const step = run.stepAfter(before) + unroll.steps;
    const update: WorkerUpdate = { ...unroll, step, updates: before + 1, gradientLag: before - this.#pulledAt, std: stdOf(model, network) };
    run.setStepAfter(before + 1, step);
    run.reports.prepare(update);
    // its last instruction makes all of it count: the parameters, the moments, the steps and what was prepared
    network.optimizerStep(unroll.learningRate);
    network.pull();
    this.#pulledAt = before + 1;
    const wakes = run.reports.push({ ...update, std: stdOf(model, network) }, this.#owner);
    run.lock.release(this.#owner);
    if (wakes) ring();
  }

  #acquire(): void {
    const { run, worker } = this.#parts;
    run.setPhase(worker, Phase.waiting);
    run.lock.acquire(this.#owner);
    run.setPhase(worker, Phase.working);
  }
}

/** Steps of a worker among others, whenever it has one to make (Recht et al. 2011). */
export class HogwildSteps implements SharedSteps {
  readonly #parts: StepParts;
  #pulledAt = 0;

  constructor(parts: StepParts) {
    this.#parts = parts;
  }

  get step(): number {
    return this.#parts.run.stepOfAll;
  }

  get progress(): number {
    return Math.min(1, this.step / this.#parts.run.horizon);
  }

  pull(): void {
    const { network } = this.#parts;
    this.#pulledAt = network.optimizerSteps;
    network.pull();
  }

  apply(unroll: Unroll): void {
    const { run, worker, network, model, ring } = this.#parts;
    const gradientLag = network.optimizerSteps - this.#pulledAt;
    network.optimizerStep(unroll.learningRate);
    const updates = network.optimizerSteps;
    const step = run.addSteps(unroll.steps);
    this.pull();
    if (run.reports.push({ ...unroll, step, updates, gradientLag, std: stdOf(model, network) }, ownerOf(worker))) ring();
  }
}

/** Steps of a worker that is alone in its thread. */
export class OwnSteps implements SharedSteps {
  step = 0;
  /** The step where schedules end. */
  horizon = Number.POSITIVE_INFINITY;
  /** The last update. */
  last: WorkerUpdate | undefined;
  readonly #network: TrainableNetwork;
  readonly #model: StepParts['model'];

  constructor({ network, model }: Pick<StepParts, 'network' | 'model'>) {
    this.#network = network;
    this.#model = model;
  }

  get progress(): number {
    return Math.min(1, this.step / this.horizon);
  }

  pull(): void {}

  apply(unroll: Unroll): void {
    this.#network.optimizerStep(unroll.learningRate);
    this.step += unroll.steps;
    this.last = { ...unroll, step: this.step, updates: this.#network.optimizerSteps, gradientLag: 0, std: stdOf(this.#model, this.#network) };
  }
}
