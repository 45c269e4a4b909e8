import { describeSpace, type Space } from '@pg/core';
import type { EnvSpec } from '../env/env.js';
import type { SharedRows } from './shared-rows.js';

/** What a shard's thread is told when it is started. */
export interface ShardTask {
  /** What the specification has to be. */
  readonly identity: SpecIdentity;
  /** The index of its first copy in the rows. */
  readonly first: number;
  /** Added to it, the copy's index among all: it chooses the random stream. */
  readonly offset: number;
  /** How many copies it has. */
  readonly count: number;
  /** The root seed. */
  readonly seed: number;
  /** The rows of all copies. */
  readonly rows: SharedRows;
  /** How many copies there are on all threads. */
  readonly numEnvs: number;
}

/** What two specifications have to agree in, in words. */
export interface SpecIdentity {
  /** The name, with those of what is piped behind it. */
  readonly id: string;
  /** The observations' space, with its bounds. */
  readonly observations: string;
  /** The actions' space, with its bounds, and whether there are masks of them. */
  readonly actions: string;
  /** The time limit. */
  readonly maxSteps: number;
}

/** What a specification is, as far as another thread can tell. */
export function identityOf({ id, observationSpace, actionSpace, maxSteps, masksActions }: EnvSpec<Space, Space, boolean>): SpecIdentity {
  const actions = `${identityOfSpace(actionSpace)}${masksActions ? ' with masks' : ''}`;
  return { id, observations: identityOfSpace(observationSpace), actions, maxSteps };
}

function identityOfSpace(space: Space): string {
  return space.kind === 'discrete' ? describeSpace(space) : `${describeSpace(space)} from ${range(space.low)} to ${range(space.high)}`;
}

function range(bounds: Float32Array): string {
  return bounds.every((bound) => bound === bounds[0]) ? String(bounds[0]) : `[${Array.from(bounds).join(', ')}]`;
}
