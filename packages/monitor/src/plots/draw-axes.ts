import { ink } from './colors.js';
import type { CurveSettings } from './curve-options.js';
import { type Frame, fontSize } from './frame.js';
import { element, textAt } from './svg.js';

/** Grid, axis lines, ticks and the axes' names. */
export function drawAxes(frame: Frame, settings: CurveSettings): string[] {
  return [
    ...drawGrid(frame),
    ...drawTicks(frame),
    textAt((frame.left + frame.right) / 2, settings.height - 12, settings.xLabel, { 'text-anchor': 'middle', 'font-size': fontSize.label }),
    textAt(0, 0, settings.yLabel, {
      transform: `translate(18 ${Math.round((frame.top + frame.bottom) / 2)}) rotate(-90)`,
      'text-anchor': 'middle',
      'font-size': fontSize.label,
    }),
  ];
}

function drawGrid({ left, right, top, bottom, x, y }: Frame): string[] {
  const vertical = x.ticks.map(({ at }) => element('line', { x1: at, y1: top, x2: at, y2: bottom }));
  const horizontal = y.ticks.map(({ at }) => element('line', { x1: left, y1: at, x2: right, y2: at }));
  return [
    element('g', { stroke: ink.grid }, ...vertical, ...horizontal, ''),
    element('path', { d: `M${left},${top}V${bottom}H${right}`, fill: 'none', stroke: ink.axis }),
  ];
}

function drawTicks({ left, bottom, x, y }: Frame): string[] {
  const below = x.ticks.map(({ at, label }) => textAt(at, bottom + 18, label));
  const beside = y.ticks.map(({ at, label }) => textAt(left - 8, at + 4, label));
  return [element('g', { 'text-anchor': 'middle' }, ...below, ''), element('g', { 'text-anchor': 'end' }, ...beside, '')];
}
