import { describeValue, InvalidOptionsError, InvalidShapeError } from '@pg/core';
import type { Optimizer } from '../../../optimizers/optimizer.js';
import type { SharedLearning, SharedNetwork } from '../../shared-network.js';

/** What another network's numbers are wanted for. */
export type SharedUse = 'parameters' | 'optimize' | 'gradients';

/**
 * Refuses the numbers of another network that do not fit, before anything is made of them.
 *
 * @param own - the memory and the layout that they have to be of; undefined for a network in a memory of its own
 * @throws InvalidOptionsError when they lie in another memory, or their network does not learn though it has to
 * @throws InvalidShapeError naming the first parameter that differs
 */
export function checkShared(where: string, shared: SharedNetwork, own: Pick<SharedNetwork, 'memory' | 'layout'> | undefined, use: SharedUse): void {
  if (own === undefined) throw notShared(where);
  if (shared?.memory !== own.memory) {
    throw new InvalidOptionsError({
      where,
      got: shared?.memory === undefined ? `${use}: ${describeValue(shared)}` : `${use} in the shared memory ${shared.memory}`,
      expected: `those of a network in the same shared memory, ${own.memory}`,
      remedy: 'Pass `shared` of a network whose engine was made with this memory.',
    });
  }
  checkLayout(where, use, shared.layout, own.layout);
  if (use === 'parameters' || shared.gradients !== undefined) return;
  throw new InvalidOptionsError({ where, got: `${use}: a network that does not learn`, expected: 'one that does', remedy: 'Compile it for training.' });
}

/** @throws InvalidOptionsError when steps with another network's moments would be made by another optimiser */
export function checkOptimizer(where: string, { optimizer: theirs }: SharedLearning, own: Optimizer): void {
  const [got, expected] = [JSON.stringify(theirs), JSON.stringify(own)];
  if (got === expected) return;
  throw new InvalidOptionsError({ where, got: `optimize: a network with ${got}`, expected, remedy: 'Compile both with the same optimiser.' });
}

/** What only networks in a shared memory can be told. */
interface SharedOptions {
  readonly parameters?: unknown;
  readonly optimize?: unknown;
  readonly atomicSteps?: boolean;
}

/** @throws InvalidOptionsError when numbers are to be shared by a network in a memory of its own */
export function refuseShared(where: string, { parameters, optimize, atomicSteps }: SharedOptions): void {
  if (parameters !== undefined || optimize !== undefined || atomicSteps) throw notShared(where);
}

function notShared(where: string): InvalidOptionsError {
  return new InvalidOptionsError({
    where,
    got: 'the numbers of another network for one whose memory is its own',
    expected: 'networks in one shared memory',
    remedy: 'Compile both with wasmEngine({ memory }), whose memory createSharedMemory makes.',
  });
}

/** Hot: gradients of workers are added at every update. */
function checkLayout(where: string, use: SharedUse, found: readonly string[], layout: readonly string[]): void {
  const length = Math.max(found.length, layout.length);
  for (let i = 0; i < length; i++) {
    if (found[i] === layout[i]) continue;
    throw new InvalidShapeError({
      where,
      got: `${use}: a network with ${found[i] ?? 'no more parameters'}`,
      expected: layout[i] ?? 'no more parameters',
      remedy: 'Share numbers between networks of the same layers.',
    });
  }
}
