/** Red, green and blue as one channel: 0.2989·R + 0.5870·G + 0.1140·B, rounded, as the Arcade Learning Environment computes it. */
export function gray([red, green, blue]: readonly number[]): readonly number[] {
  return [Math.round(0.2989 * red! + 0.587 * green! + 0.114 * blue!)];
}
