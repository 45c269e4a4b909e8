/** What the mean and the spread of a part of a batch are taken from. */
export interface BatchMoments {
  /** How many numbers. */
  readonly count: number;
  /** Their mean; 0 of none. */
  readonly mean: number;
  /** Σ(x − mean)². */
  readonly squares: number;
}

/**
 * The moments of a whole from those of its parts, in their order (Chan, Golub & LeVeque 1983). Of a single part they are its own,
 * bit for bit.
 */
export function mergeMoments(parts: readonly BatchMoments[]): BatchMoments {
  let { count, mean, squares } = parts[0]!;
  for (const part of parts.slice(1)) {
    if (part.count === 0) continue;
    const difference = part.mean - mean;
    const total = count + part.count;
    mean += (difference * part.count) / total;
    squares += part.squares + (difference * difference * count * part.count) / total;
    count = total;
  }
  return { count, mean, squares };
}

/** The population standard deviation; 0 of no numbers. */
export function deviationOf({ count, squares }: BatchMoments): number {
  return count === 0 ? 0 : Math.sqrt(squares / count);
}
