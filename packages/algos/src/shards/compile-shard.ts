import { UnavailableError } from '@pg/core';
import { createSharedMemory, type Engine, type SharedMemory, type SharedNetwork, type TrainableNetwork, wasmEngine } from '@pg/nn';
import type { PolicyModel } from '@pg/policies';
import type { RunSettings } from '../training/run.js';

/** What networks of a run are compiled from. */
export interface NetworkParts {
  /** The policy's, its distribution with room for masks where the environment has such. */
  readonly model: PolicyModel;
  readonly settings: RunSettings;
  /** How many copies there are in all. */
  readonly numEnvs: number;
}

/** A shard's network: with rows for its copies, and the parameters of the run's where memory is shared. */
export function compileShard(
  parts: NetworkParts & { readonly networkEngine: Engine; readonly network: { readonly shared: SharedNetwork | undefined } },
): TrainableNetwork {
  const { model, settings, numEnvs, networkEngine, network } = parts;
  return compileFor(networkEngine, { model, settings, numEnvs: numEnvs / settings.shards }, network.shared);
}

/** A network with the rows that a number of copies needs. */
export function compileFor(engine: Engine, { model, settings, numEnvs }: NetworkParts, parameters?: SharedNetwork): TrainableNetwork {
  const { optimizer, rows } = settings;
  return engine.compileForTraining(model.network, {
    rows: rows(numEnvs),
    distribution: model.distribution,
    optimizer,
    sequence: { numEnvs },
    parameters,
  });
}

/** A network that learns what others have computed: it has next to no rows. */
export function compileLearner(engine: Engine, { model, settings }: NetworkParts): TrainableNetwork {
  return engine.compileForTraining(model.network, { rows: 1, distribution: model.distribution, optimizer: settings.optimizer, sequence: { numEnvs: 1 } });
}

/** What each network needs beyond its numbers, since blocks begin at pages. */
const SPARE_BYTES = 1 << 18;

/**
 * A memory for the networks of all shards and the one that learns.
 *
 * @throws UnavailableError where memory cannot be shared
 */
export function memoryFor(parts: NetworkParts): SharedMemory {
  const { shards } = parts.settings;
  const probe = compileFor(wasmEngine(), { ...parts, numEnvs: parts.numEnvs / shards });
  const bytes = (shards + 1) * (probe.input.buffer.byteLength + SPARE_BYTES);
  probe.dispose();
  return createSharedMemory({ megabytes: Math.min(4096, Math.ceil(bytes / 2 ** 20)) });
}

/** The memory where it can be shared; otherwise the shards copy. */
export function memoryIfAvailable(parts: NetworkParts): SharedMemory | undefined {
  try {
    return memoryFor(parts);
  } catch (error) {
    if (UnavailableError.isInstance(error)) return undefined;
    throw error;
  }
}
