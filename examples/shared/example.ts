import type { Learner, Update } from '@pg/algos';
import type { Space } from '@pg/core';
import type { EnvSpec } from '@pg/envs';
import type { SharedSettings } from './example-arguments.js';

/** What the programs of this folder need to know of an example. */
export interface Example<TObs extends Space, TAct extends Space, TUpdate extends Update> {
  /** The name of its folder. */
  readonly name: string;
  /** What a policy is tested in and shown in; not vectorised, and with rewards as they are. */
  readonly environment: EnvSpec<TObs, TAct>;
  /** A builder, or whatever makes learners from a seed and from a checkpoint. */
  readonly algorithm: {
    build(options: { readonly seed: number }): Learner<TObs, TAct, TUpdate>;
    load(path: string): Promise<Learner<TObs, TAct, TUpdate>>;
  };
  readonly settings: SharedSettings;
  /** The steps of an update, where all have as many: then a limit of updates is one of steps, and schedules know how long a run is. */
  readonly stepsPerUpdate?: number;
  /** A level of the mean return that is worth comparing with, for the learning curve; by default the one that counts as solved. */
  readonly goal?: { readonly y: number; readonly label: string } | undefined;
}
