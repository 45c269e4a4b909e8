/** Some neighbours of a list. */
export interface Share {
  /** The index of the first. */
  readonly first: number;
  /** How many. */
  readonly count: number;
}

/** `total` things for at most `parts` parts: neighbours stay together, the first parts have one more. */
export function contiguousShares(total: number, parts: number): readonly Share[] {
  const shares = Math.min(parts, total);
  const firstOf = (share: number) => Math.ceil((share * total) / shares);
  return Array.from({ length: shares }, (_, share) => ({ first: firstOf(share), count: firstOf(share + 1) - firstOf(share) }));
}
