import { strokeOf } from './colors.js';
import { type CurveSeries, isFinitePoint } from './curve-series.js';
import { type Frame, fontSize } from './frame.js';
import { element, textAt } from './svg.js';
import { cutText } from './wrap-text.js';

const lineHeight = 15;

/** The names of several series in the right margin, in their colours, at the height where each ends, moved apart if need be. */
export function drawEndLabels(series: readonly CurveSeries[], frame: Frame, width: number): string[] {
  if (series.length < 2) return [];
  const ends = series.flatMap(({ label, points }, index) => {
    const last = points.findLast(isFinitePoint);
    return last === undefined ? [] : [{ label, index, at: frame.y.scale(last.y) }];
  });
  ends.sort((a, b) => a.at - b.at || a.index - b.index);
  const heights = spread(
    ends.map(({ at }) => at),
    frame,
  );
  return ends.map(({ label, index }, place) => {
    const { color, dash } = strokeOf(index);
    const at = heights[place]!;
    const name = cutText(label, { width: width - frame.right - 30, fontSize: fontSize.tick });
    const dashes = dash === '' ? {} : { 'stroke-dasharray': '4 2' };
    const key = { x1: frame.right + 6, y1: at, x2: frame.right + 20, y2: at, stroke: color, 'stroke-width': 2, ...dashes };
    return element('line', key) + textAt(frame.right + 25, at + 4, name, { fill: color });
  });
}

/** Heights at least a line apart (less if there is no room), inside the plot: down in one pass, then up in another. */
function spread(heights: readonly number[], { top, bottom }: Frame): number[] {
  const step = Math.min(lineHeight, (bottom - top) / heights.length);
  const placed: number[] = [];
  for (const at of heights) placed.push(Math.max(at, (placed.at(-1) ?? top - step) + step));
  let limit = bottom;
  for (let place = placed.length - 1; place >= 0; place--) {
    placed[place] = Math.min(placed[place]!, limit);
    limit = placed[place]! - step;
  }
  return placed;
}
