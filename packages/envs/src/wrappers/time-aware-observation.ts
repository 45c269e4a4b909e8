import { type Box, type Dtype, type DtypeArray, describeSpace, InvalidOptionsError, nearestBounds, type ObservationTransform, type Stage } from '@pg/core';
import type { PipedEnv } from '../env/wrapper.js';
import type { NextNumber } from './next-number.js';
import { requirePiped } from './require-piped.js';

/**
 * Appends the part of the time limit that has passed, from 0 at an episode's start to 1 at its cut: [n] → [n + 1], float32.
 * With it a policy can know that the end is near (Pardo et al. 2018; TimeAwareObservation of Gymnasium). Time is counted
 * where it stands, so a `timeLimit` or `frameSkip` belongs in front of it.
 *
 * @throws InvalidOptionsError when there is no time limit, or observations are no row of numbers
 */
export function timeAwareObservation(): <N extends number>(space: Box<readonly [N], Dtype>, env: PipedEnv) => Stage<Box<readonly [NextNumber<N>]>> {
  return <N extends number>(space: Box<readonly [N], Dtype>, env: PipedEnv): Stage<Box<readonly [NextNumber<N>]>> => {
    requirePiped('timeAwareObservation', space, env);
    const { maxSteps, id } = env;
    if (space.kind !== 'box' || space.shape.length !== 1) throw noRow(describeSpace(space));
    if (maxSteps === Number.POSITIVE_INFINITY) throw noLimit(id);
    const [size] = space.shape;
    const { low, high } = nearestBounds(space);
    return {
      name: 'timeAwareObservation',
      space: {
        kind: 'box',
        shape: [size + 1] as unknown as readonly [NextNumber<N>],
        dtype: 'float32',
        low: appended(low, 0),
        high: appended(high, 1),
      },
      create: () => clock(size, maxSteps),
    };
  };
}

function appended(bounds: Float32Array, last: number): Float32Array {
  const all = new Float32Array(bounds.length + 1);
  all.set(bounds);
  all[bounds.length] = last;
  return all;
}

function clock(size: number, maxSteps: number): ObservationTransform {
  let elapsed = 0;
  return {
    apply(input: DtypeArray, output: DtypeArray, first: boolean): void {
      elapsed = first ? 0 : elapsed + 1;
      output.set(input);
      output[size] = elapsed / maxSteps;
    },
    snapshot: () => elapsed,
    restore: (snapshot: unknown) => {
      elapsed = snapshot as number;
    },
  };
}

function noRow(space: string): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'timeAwareObservation',
    got: `observations of ${space}`,
    expected: 'a row of numbers, Box<[n]>',
    remedy: 'Put flatten() or oneHot() in front of it.',
  });
}

function noLimit(id: string): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'timeAwareObservation',
    got: `${id} without a time limit`,
    expected: 'a finite one',
    remedy: 'Put timeLimit(steps) in front of it.',
  });
}
