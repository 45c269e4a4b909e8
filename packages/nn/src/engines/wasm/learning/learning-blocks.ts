import type { Optimizer } from '../../../optimizers/optimizer.js';
import type { CompileOptions, TrainingOptions } from '../../engine.js';
import type { SharedBlock, SharedLearning, SharedNetwork } from '../../shared-network.js';
import type { Pointer } from '../kernels.js';
import type { Arena } from '../memory/arena.js';
import { checkOptimizer, checkShared } from '../memory/check-shared.js';
import type { SharedLease } from '../memory/shared-lease.js';
import { gradientNumbers } from './gradient-runs.js';
import { optimizerNumbers } from './optimizer-kernels.js';
import type { OptimizerSet } from './optimizer-steps.js';
import { describeLayout, type ParameterLayout } from './parameter-block.js';

/** Where the numbers lie that a network learns; gradients, target and state are 0 when it does not learn. */
export interface LearningBlocks {
  /** The parameters that it computes with. */
  readonly parameters: Pointer;
  readonly gradients: Pointer;
  /** The parameters that optimiser steps move. */
  readonly target: Pointer;
  /** What the optimiser remembers. */
  readonly state: Pointer;
  /** The second set of what steps move, of a network with `atomicSteps`. */
  readonly spare: OptimizerSet | undefined;
  /** How others find them; undefined in a memory that is not shared. */
  readonly shared: SharedNetwork | undefined;
}

type Options = CompileOptions & Partial<TrainingOptions>;

/** Reserves the blocks of a network in memory of its own. */
export function reserveBlocks(arena: Arena, layout: ParameterLayout, { optimizer }: Options): LearningBlocks {
  const parameters = arena.reserve(layout.size);
  if (!optimizer) return { parameters, gradients: 0, target: 0, state: 0, spare: undefined, shared: undefined };
  const gradients = arena.reserve(gradientNumbers(layout));
  return { parameters, gradients, target: parameters, state: arena.reserve(optimizerNumbers(optimizer, layout)), spare: undefined, shared: undefined };
}

/** Creates the blocks of a network in shared memory, or joins those of the networks that the options name. */
export function shareBlocks(where: string, lease: SharedLease, layout: ParameterLayout, options: Options): LearningBlocks {
  const { optimizer, parameters: source, optimize } = options;
  const own = { memory: lease.pages.name, layout: describeLayout(layout) };
  if (source) checkShared(where, source, own, 'parameters');
  if (optimizer && optimize) {
    checkShared(where, optimize, own, 'optimize');
    checkOptimizer(where, optimize.learning!, optimizer);
  }
  const parameters = source ? lease.join(source.parameters) : lease.create(layout.size);
  const gradients = optimizer && lease.create(gradientNumbers(layout));
  const learning = optimizer && (optimize?.learning ? join(lease, optimize.learning) : create(lease, layout, { ...options, optimizer, parameters }));
  const spare = learning?.spare;
  return {
    parameters: parameters.address,
    gradients: gradients?.address ?? 0,
    target: learning?.parameters.address ?? 0,
    state: learning?.state.address ?? 0,
    spare: spare && { parameters: spare.parameters.address, state: spare.state.address },
    shared: { ...own, parameters, gradients, learning },
  };
}

/** What a network of its own moves. */
interface Moved {
  readonly optimizer: Optimizer;
  readonly parameters: SharedBlock;
  readonly atomicSteps?: boolean;
}

function create(lease: SharedLease, layout: ParameterLayout, { optimizer, parameters, atomicSteps }: Moved): SharedLearning {
  const newState = () => lease.create(optimizerNumbers(optimizer, layout));
  return { optimizer, parameters, state: newState(), spare: atomicSteps ? { parameters: lease.create(layout.size), state: newState() } : undefined };
}

function join(lease: SharedLease, learning: SharedLearning): SharedLearning {
  lease.join(learning.parameters);
  lease.join(learning.state);
  if (learning.spare) for (const block of [learning.spare.parameters, learning.spare.state]) lease.join(block);
  return learning;
}
