/** Colors 0xRRGGBB, and how many pixels have each. */
export type ColorCounts = ReadonlyMap<number, number>;

interface Box {
  readonly colors: readonly number[];
  /** Shift of the channel that varies most: 16, 8 or 0. */
  readonly shift: number;
  /** Mean of that channel. */
  readonly mean: number;
  /** Sum over the pixels of the squared distance from the mean in that channel. */
  readonly spread: number;
}

/**
 * Divides colors into groups of similar ones: the group that varies most in one of red, green and blue is cut at its mean there,
 * until there are as many as wanted (after Heckbert 1982, Color image quantization for frame buffer display).
 *
 * @returns the groups; each color is in one of them
 */
export function medianCut(counts: ColorCounts, groups: number): number[][] {
  const boxes = [createBox([...counts.keys()], counts)];
  while (boxes.length < groups) {
    const widest = boxes.reduce((best, box, i) => (box.spread > boxes[best]!.spread ? i : best), 0);
    const { colors, shift, mean, spread } = boxes[widest]!;
    if (spread === 0) break;
    const low = colors.filter((color) => channel(color, shift) <= mean);
    const high = colors.filter((color) => channel(color, shift) > mean);
    boxes.splice(widest, 1, createBox(low, counts), createBox(high, counts));
  }
  return boxes.map(({ colors }) => [...colors]);
}

/** The mean color of the pixels that have these colors. */
export function meanColor(colors: readonly number[], counts: ColorCounts): number {
  const mean = (shift: number) => Math.round(moments(colors, counts, shift).mean);
  return (mean(16) << 16) | (mean(8) << 8) | mean(0);
}

function createBox(colors: readonly number[], counts: ColorCounts): Box {
  const channels = [16, 8, 0].map((shift) => ({ colors, shift, ...moments(colors, counts, shift) }));
  return channels.reduce((widest, next) => (next.spread > widest.spread ? next : widest));
}

function moments(colors: readonly number[], counts: ColorCounts, shift: number): { mean: number; spread: number } {
  let pixels = 0;
  let sum = 0;
  for (const color of colors) {
    const count = counts.get(color)!;
    pixels += count;
    sum += count * channel(color, shift);
  }
  const mean = sum / pixels;
  let spread = 0;
  for (const color of colors) spread += counts.get(color)! * (channel(color, shift) - mean) ** 2;
  return { mean, spread };
}

function channel(color: number, shift: number): number {
  return (color >> shift) & 255;
}
