import { Rng, type Space } from '@pg/core';
import { type EnvSpec, withoutNormalization } from '@pg/envs';
import { type Engine, wasmEngine } from '@pg/nn';
import { Policy, type PolicyModel } from '@pg/policies';
import type { Composition } from '../builder/algorithm-builder.js';
import type { RunDescription } from '../checkpoints/checkpoint-document.js';
import type { Checkpoint } from '../checkpoints/checkpoint-file.js';
import { describeRun, requireSameRun } from '../checkpoints/describe-run.js';
import { readCheckpoint, requireFit, withMasks } from '../training/run.js';
import type { A3cOptions, ParsedA3cOptions } from './options.js';

/** What a run is of, before anything runs. */
export interface RunIdentity {
  /** The policy's, its distribution with room for masks where the environment has such. */
  readonly model: PolicyModel;
  readonly seed: number;
  /** The root of all random streams. */
  readonly rng: Rng;
  /** A policy for acting, to be brought up to date. */
  readonly policy: Policy;
  readonly envSpec: EnvSpec<Space, Space, boolean>;
  /** What computes policies. */
  readonly engine: Engine;
  /** What a checkpoint says that it is of. */
  readonly description: RunDescription;
  /** The checkpoint that it is to go on from, which is of such a run. */
  readonly checkpoint: Checkpoint | undefined;
}

/**
 * What a run of A3C is of.
 *
 * @throws IncompatiblePolicyError when the policy has no critic, or does not fit
 * @throws IncompatibleCheckpointError when the checkpoint is of another run
 */
export function identifyRun(composition: Composition<A3cOptions>, { rolloutLength, rounds, optimizer }: ParsedA3cOptions): RunIdentity {
  const { policy: policySpec, engine = wasmEngine() } = composition;
  const envSpec: EnvSpec<Space, Space, boolean> = composition.env;
  requireFit('a3c', policySpec, true);
  const checkpoint = readCheckpoint(composition, 'a3c');
  const seed = checkpoint?.document.seed ?? composition.seed!;
  const { observationSpace, actionSpace } = withoutNormalization(envSpec);
  const model = policySpec.bind(envSpec);
  const described = { name: policySpec.name, observationSpace, actionSpace, model, observationScaling: undefined };
  const layout = { rolloutLength, rounds: Number(rounds), optimizer: optimizer.kind };
  const description = describeRun('a3c', envSpec, { policy: described, options: layout });
  if (checkpoint) requireSameRun('a3c', checkpoint.document.run, description);
  const policy = new Policy({ ...described, engine, seed });
  return { model: withMasks('a3c', policySpec, envSpec), seed, rng: Rng.fromSeed(seed), policy, envSpec, engine, description, checkpoint };
}
