import type { Space } from '@pg/core';
import type { EnvSpec } from '../env/env.js';
import { WorkerVectorEnv } from '../workers/worker-vector-env.js';
import { BatchVectorEnv } from './batch-vector-env.js';
import type { Shard } from './local-vector-env.js';
import { SyncVectorEnv } from './sync-vector-env.js';
import type { VectorEnv } from './vector-env.js';

/** The running copies of a vectorised specification, in the fastest form that its environment offers. */
export function makeVectorEnv<TObs extends Space, TAct extends Space>(
  spec: EnvSpec<TObs, TAct, boolean>,
  seed: number,
  shard: Partial<Shard> = {},
): VectorEnv<TObs, TAct> {
  const { definition, layers, workers } = spec['~source'];
  if (workers) return new WorkerVectorEnv(spec, seed, { options: workers, ...shard });
  const dynamics = layers.length === 0 ? definition.batch?.(spec.numEnvs) : undefined;
  return dynamics ? new BatchVectorEnv(spec, seed, { dynamics, ...shard }) : new SyncVectorEnv(spec, seed, shard);
}
