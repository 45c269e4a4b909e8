import { RunningMoments } from '@pg/core';

/** How much the moments before anything was seen weigh against one that is. */
const WEIGHT = 1e-4;

/** Moments that begin as 0 and 1 with next to no weight, as those of Stable-Baselines3: before anything was seen they change nothing. */
export function startingMoments(size: number): RunningMoments {
  const moments = new RunningMoments(size);
  moments.restore({ count: WEIGHT, mean: new Array<number>(size).fill(0), sumOfSquares: new Array<number>(size).fill(WEIGHT) });
  return moments;
}
