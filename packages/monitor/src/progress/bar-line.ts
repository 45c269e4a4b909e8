import { describeStatus } from './describe-status.js';
import { sparkline } from './sparkline.js';
import type { ProgressStatus } from './track-progress.js';

const narrowestBar = 6;
const widestBar = 30;
const sparkWidth = 10;
const gap = 2;

/** The parts beside the bar, in the order in which they are given up when the line gets narrow: the last one first. */
const byImportance = ['meanReturn', 'time', 'steps', 'rate', 'spark'] as const;
/** The same parts in the order in which they are shown. */
const byPlace = ['steps', 'rate', 'time', 'meanReturn', 'spark'] as const;

/**
 * One line of progress, at most `columns` − 1 characters: a full last column would make some terminals wrap. The parts keep their
 * width from one redraw to the next, so that the line does not jitter.
 */
export function barLine(status: ProgressStatus, columns: number, finished: boolean): string {
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
  let left = room - percent.length - 1 - narrowestBar - 2;
  const kept = new Set<string>();
  for (const part of byImportance) {
    left -= gap + parts[part].length;
    if (left < 0) break;
    kept.add(part);
  }
  const shown = byPlace.filter((part) => kept.has(part)).map((part) => parts[part]);
  const used = shown.reduce((sum, part) => sum + gap + part.length, percent.length + 3);
  const bar = drawBar(status.fraction, Math.min(widestBar, room - used));
  return [`${percent} ${bar}`, ...shown].join(' '.repeat(gap)).trimEnd().slice(0, room);
}

/** A bar with eighths of a character between two edges. */
function drawBar(fraction: number, width: number): string {
  if (width < 1) return '';
  const eighths = Math.floor(fraction * width * 8);
  const full = '█'.repeat(Math.floor(eighths / 8));
  const part = eighths % 8 === 0 ? '' : '▏▎▍▌▋▊▉'[(eighths % 8) - 1];
  return `|${(full + part).padEnd(width)}|`;
}
