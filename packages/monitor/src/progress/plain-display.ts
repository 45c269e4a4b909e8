import { describeStatus } from './describe-status.js';
import type { ProgressDisplay } from './progress-display.js';
import type { ProgressStream } from './progress-stream.js';
import type { ProgressStatus } from './track-progress.js';

/** Plain lines for files, pipes and build logs: one for each tenth of the run, and one at the end. */
export function plainDisplay(stream: ProgressStream): ProgressDisplay {
  let tenth = 0;
  let printed = -1;
  const print = (status: ProgressStatus, finished: boolean) => {
    const { percent, steps, rate, time, meanReturn } = describeStatus(status, finished);
    const parts = [percent.padStart(4), `${steps} steps`, rate, time, meanReturn, ...status.losses];
    stream.write(`${parts.join('  ')}\n`);
    printed = status.steps;
  };
  return {
    show(status) {
      // A hair above, because 0.3 · 10 may be 2.9999999999999996.
      const reached = Math.floor(status.fraction * 10 + 1e-9);
      if (reached > tenth) print(status, status.fraction === 1);
      tenth = Math.max(tenth, reached);
    },
    log: (text) => void stream.write(`${text}\n`),
    finish(status) {
      if (status.steps !== printed) print(status, true);
    },
  };
}
