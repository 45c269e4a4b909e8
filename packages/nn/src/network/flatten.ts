/** Images as rows of numbers: [H, W, C] → [H·W·C]. */
export interface FlattenLayer {
  readonly kind: 'flatten';
}

/**
 * Lays each input out as one row of numbers, in the order in which they are stored: [H, W, C] → [H·W·C]. It computes nothing. Dense
 * and recurrent layers do the same by themselves, so it is there to say so, and for shapes that are looked at.
 */
export function flatten(): FlattenLayer {
  return { kind: 'flatten' };
}
