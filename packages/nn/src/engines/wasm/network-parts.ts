import { shapeSize } from '@pg/core';
import type { Network } from '../../network/network.js';
import { parameterSpecs } from '../../network/parameters.js';
import { hasState } from '../../network/recurrent-layer.js';
import type { CompileOptions, TrainingOptions } from '../engine.js';
import type { WasmDistribution } from './distributions/distribution-kernels.js';
import { makeDistribution } from './distributions/make-distribution.js';
import { instantiateKernels, type Kernels, panelSize } from './kernels.js';
import { GradientRuns } from './learning/gradient-runs.js';
import { type LearningBlocks, reserveBlocks, shareBlocks } from './learning/learning-blocks.js';
import { createOptimizerSteps, type OptimizerSteps } from './learning/optimizer-steps.js';
import { layoutParameters, type ParameterLayout } from './learning/parameter-block.js';
import { Arena } from './memory/arena.js';
import { refuseShared } from './memory/check-shared.js';
import { OwnMemory } from './memory/own-memory.js';
import { SharedLease } from './memory/shared-lease.js';
import type { SharedPages } from './memory/shared-pages.js';
import type { MakeNetworkBody, NetworkBody } from './network-body.js';
import { reserveSequence, type SequenceMemory } from './operations/recurrent-state.js';
import type { PlanContext } from './plan.js';

/** Rows that the backward pass takes at a time: their gradients stay in the cache. Sums run over rows in order regardless. */
const BLOCK_ROWS = 256;

/** The engine that a network belongs to. */
export interface NetworkMaker {
  /** For messages, for example `wasm engine`. */
  readonly where: string;
  /** What computes the layers. */
  readonly makeBody: MakeNetworkBody;
  /** The shared memory that its networks lie in; each has a memory of its own without. */
  readonly pages?: SharedPages | undefined;
}

/** What a network is compiled for; it learns when there is an optimiser. */
export type NetworkOptions = CompileOptions & Partial<TrainingOptions>;

/** What a network holds until it is disposed. */
export interface NetworkParts {
  readonly arena: Arena;
  readonly lease: SharedLease | undefined;
  readonly kernels: Kernels;
  readonly layout: ParameterLayout;
  readonly blocks: LearningBlocks;
  readonly body: NetworkBody;
  readonly distribution: WasmDistribution;
  readonly optimizer: OptimizerSteps | undefined;
  readonly sequence: SequenceMemory | undefined;
  /** Which gradients may be other than zero; undefined when the network does not learn. */
  readonly runs: GradientRuns | undefined;
}

/**
 * Takes all the memory of a network, before any view of it is made.
 *
 * @throws what the memory and the numbers of other networks that it is to use are refused for; nothing is taken then
 */
export function makeParts(network: Network, options: NetworkOptions, { where, makeBody, pages }: NetworkMaker): NetworkParts {
  if (!pages) refuseShared(where, options);
  const lease = pages && new SharedLease(where, pages);
  const arena = new Arena(lease ?? new OwnMemory(where, () => `${options.rows} rows of a network with ${numberOfParameters(network)} parameters`));
  try {
    return planParts(network, options, { arena, lease, where, makeBody });
  } catch (error) {
    arena.release();
    throw error;
  }
}

function numberOfParameters(network: Network): number {
  return parameterSpecs(network).reduce((sum, { shape }) => sum + shapeSize(shape), 0);
}

/** The memory that parts are made in. */
interface Place extends NetworkMaker {
  readonly arena: Arena;
  readonly lease: SharedLease | undefined;
}

function planParts(network: Network, options: NetworkOptions, { arena, lease, where, makeBody }: Place): NetworkParts {
  const { rows, optimizer } = options;
  const kernels = instantiateKernels(arena.memory);
  kernels.usePanel(arena.reserve(panelSize));
  const layout = layoutParameters(network);
  const blocks = lease ? shareBlocks(where, lease, layout, options) : reserveBlocks(arena, layout, options);
  const sequence = hasState(network) ? reserveSequence(arena, rows, options.sequence!) : undefined;
  const stepRows = sequence?.numEnvs ?? 1;
  const wholeSteps = Math.max(1, Math.floor(BLOCK_ROWS / stepRows)) * stepRows;
  const blockRows = optimizer ? Math.min(rows, wholeSteps) : 0;
  const { parameters, gradients, target, state, spare } = blocks;
  const marks = optimizer ? gradients + layout.size * 4 : 0;
  const context: PlanContext = { arena, kernels, rows, blockRows, sequence, layout, parameters, gradients, marks };
  const body = makeBody(network, context);
  const vector = (name: string) => {
    const at = layout.offsets.get(name)!;
    return { values: blocks.parameters + at, gradient: blocks.gradients + at };
  };
  const learns = optimizer !== undefined;
  const distribution = makeDistribution({ arena, kernels, rows, learns, heads: body.heads, vector }, options.distribution);
  const runs = optimizer && new GradientRuns({ arena, kernels, layout, gradients }, body.marksRows);
  arena.seal();
  runs?.open();
  const set = { parameters: target, state };
  const moved = optimizer && createOptimizerSteps(optimizer, { arena, kernels, set, spare, gradients, layout, runs: runs! });
  return { arena, lease, kernels, layout, blocks, body, distribution, optimizer: moved, sequence, runs };
}
