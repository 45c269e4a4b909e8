import { describeStatus, duration } from './describe-status.js';
import type { ProgressDisplay } from './progress-display.js';
import type { ProgressStream } from './progress-stream.js';
import type { ProgressStatus } from './track-progress.js';

/** The longest silence. */
const millisecondsBetweenLines = 60_000;

/** Plain lines for files, pipes and build logs: one for each tenth of the run, one at least a minute, and one at the end. */
export function plainDisplay(stream: ProgressStream): ProgressDisplay {
  let tenth = 0;
  let printed = -1;
  let printedAt = Number.NaN;
  const print = (status: ProgressStatus, finished: boolean) => {
    const { percent, steps, rate, time, meanReturn } = describeStatus(status, finished);
    const { unit, episodes } = status;
    const past = finished ? [] : [`after ${duration(status.elapsed)}`];
    const played = unit === 'episodes' ? [] : [`${episodes} episode${episodes === 1 ? '' : 's'}`];
    stream.write(`${[percent.padStart(4), `${steps} ${unit}`, ...played, rate, ...past, time, meanReturn, ...status.losses].join('  ')}\n`);
    printed = status.steps;
    printedAt = status.time;
  };
  return {
    show(status) {
      // A hair above, because 0.3 · 10 may be 2.9999999999999996.
      const reached = Math.floor(status.fraction * 10 + 1e-9);
      if (Number.isNaN(printedAt)) printedAt = status.time - 1000 * status.elapsed;
      if (reached > tenth || status.time - printedAt >= millisecondsBetweenLines) print(status, status.fraction === 1);
      tenth = Math.max(tenth, reached);
    },
    finish(status) {
      if (status.steps !== printed) print(status, true);
    },
  };
}
