import { describeStatus } from './describe-status.js';
import { sparkline } from './sparkline.js';
import type { Style } from './style.js';
import type { ProgressStatus } from './track-progress.js';

const narrowestBar = 6;
const widestBar = 30;
const sparkWidth = 10;
const gap = 2;

/** The parts beside the bar, in the order in which they are given up when the line gets narrow: the last one first. */
const byImportance = ['meanReturn', 'time', 'steps', 'rate', 'spark'] as const;
/** The same parts in the order in which they are shown. */
const byPlace = ['steps', 'rate', 'time', 'meanReturn', 'spark'] as const;

/** How a line is drawn. */
export interface LineOptions {
  /** Whether it is the last one, which names the time taken. */
  readonly finished: boolean;
  readonly style: Style;
}

/**
 * One line of progress, at most `columns` − 1 characters: a full last column would make some terminals wrap. The parts keep their
 * width from one redraw to the next, so that the line does not jitter. Where there is no room for a bar and the return, the return stays.
 */
export function barLine(status: ProgressStatus, columns: number, { finished, style }: LineOptions): string {
  const room = Math.max(0, columns - 1);
  const text = describeStatus(status, finished);
  const percent = text.percent.padStart(4);
  const parts = {
    steps: text.steps.padStart(2 * text.steps.split('/')[1]!.length + 2),
    rate: text.rate.padStart(7),
    time: text.time.padEnd(9),
    meanReturn: text.meanReturn.padEnd(13),
    spark: sparkline(status.history, sparkWidth).padEnd(sparkWidth),
  };
  const kept = fitting(parts, room - percent.length - 1 - narrowestBar - 2);
  const withReturn = percent.length + gap + parts.meanReturn.length;
  if (kept.size === 0 && room >= withReturn && room < withReturn + narrowestBar + 3) return `${percent}  ${style.strong(text.meanReturn)}`.trimEnd();
  const shown = byPlace.filter((part) => kept.has(part));
  const used = shown.reduce((sum, part) => sum + gap + parts[part].length, percent.length + 3);
  if (room < used + 1) return percent.slice(0, room);
  const bar = drawBar(status.fraction, Math.min(widestBar, room - used), style);
  const painted = shown.map((part, place) => paint(part, place === shown.length - 1 ? parts[part].trimEnd() : parts[part], style));
  return [`${percent} ${bar}`, ...painted].join(' '.repeat(gap));
}

/** The most important parts that have room beside each other. */
function fitting(parts: Readonly<Record<(typeof byPlace)[number], string>>, room: number): ReadonlySet<string> {
  let left = room;
  const kept = new Set<string>();
  for (const part of byImportance) {
    left -= gap + parts[part].length;
    if (left < 0) break;
    kept.add(part);
  }
  return kept;
}

function paint(part: (typeof byPlace)[number], text: string, style: Style): string {
  if (part === 'meanReturn') return style.strong(text);
  return part === 'spark' ? style.bar(text) : text;
}

/** A bar with eighths of a character between two edges. */
function drawBar(fraction: number, width: number, style: Style): string {
  const eighths = Math.floor(fraction * width * 8);
  const full = '█'.repeat(Math.floor(eighths / 8));
  const part = eighths % 8 === 0 ? '' : '▏▎▍▌▋▊▉'[(eighths % 8) - 1];
  return `|${style.bar((full + part).padEnd(width))}|`;
}
