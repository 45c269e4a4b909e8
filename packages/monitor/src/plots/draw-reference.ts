import { halo, ink } from './colors.js';
import type { ReferenceLine } from './curve-options.js';
import type { Frame } from './frame.js';
import { element, textAt } from './svg.js';

/** A dashed level with its name at the left end, where a learning curve is still far away; under the line if it lies at the top. */
export function drawReference({ y, label }: ReferenceLine, frame: Frame): string[] {
  const at = frame.y.scale(y);
  const below = at - frame.top < 16;
  return [
    element('line', { x1: frame.left, y1: at, x2: frame.right, y2: at, stroke: ink.reference, 'stroke-width': 1.5, 'stroke-dasharray': '6 4' }),
    textAt(frame.left + 8, below ? at + 16 : at - 6, label, { fill: ink.reference, ...halo }),
  ];
}
