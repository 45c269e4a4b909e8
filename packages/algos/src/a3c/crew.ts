import type { NamedTensor, TrainableNetwork } from '@pg/nn';
import type { TrainingLeg } from '../training/training-loop.js';
import type { LostWorker } from './lost-worker.js';
import type { WorkerState } from './worker-state.js';
import type { WorkerUpdate } from './worker-update.js';

/** A worker's update, and which workers were lost before it. */
export interface CrewUpdate extends WorkerUpdate {
  readonly lost: readonly LostWorker[];
}

/** What is kept of a worker. */
export interface WorkerRecord {
  /** How often it was started anew, with random streams of its own. */
  readonly starts: number;
  /** What it goes on from; undefined for one that begins. */
  readonly state: WorkerState | undefined;
}

/** The workers of a run, on threads or not. */
export interface Crew {
  /** Environment steps so far. */
  readonly step: number;
  /** Whether a worker may be at work. */
  readonly isWorking: boolean;
  /** Its parameters, moments and count of steps are the shared ones after `refresh`. */
  readonly network: TrainableNetwork;
  /** Those of the last update that was given, or what its worker has made of them since; to look at. */
  readonly gradients: readonly NamedTensor[];
  /** @throws BusyError when a worker does not let go of the parameters */
  refresh(): void;
  /** Goes on from a number of environment steps; before anything else. */
  restore(step: number): void;
  /** The updates of all workers, until a leg's end; none works when it has ended or was left. */
  updates(leg: TrainingLeg): AsyncGenerator<CrewUpdate, void, undefined>;
  /** Updates that were made but not handed out, as after `break` or a signal. */
  rest(): readonly WorkerUpdate[];
  /** The same, and forgets them. */
  takeRest(): readonly WorkerUpdate[];
  /** Does something while every worker waits between two updates. */
  whilePaused<T>(work: () => T): Promise<T>;
  /**
   * What the workers go on from, while none works.
   *
   * @throws InvalidOptionsError when an environment's state is not plain data
   */
  records(): readonly WorkerRecord[];
  /** Ends everything; resolves when all threads are gone. */
  dispose(): Promise<void>;
}
