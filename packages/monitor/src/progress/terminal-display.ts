import { createLogUpdate } from 'log-update';
import { barLine } from './bar-line.js';
import { lossLine } from './loss-text.js';
import type { ProgressDisplay } from './progress-display.js';
import type { ProgressStream } from './progress-stream.js';
import { styleFor } from './style.js';
import type { ProgressStatus } from './track-progress.js';

const millisecondsBetweenRedraws = 100;

/**
 * A line of progress and one of losses, redrawn in place up to ten times a second. The width is read at each redraw, so a resized window
 * fits again.
 *
 * The cursor stays visible: hiding it would install a handler of SIGINT that ends the process behind a program's own
 * `process.once('SIGINT', …)`, and a Ctrl-C that is meant to stop training and keep the policy would lose it.
 */
export function terminalDisplay(stream: ProgressStream, width: number | undefined): ProgressDisplay {
  const draw = createLogUpdate(stream as NodeJS.WritableStream, { showCursor: true });
  const style = styleFor(stream);
  const columns = () => Math.min(width ?? Number.POSITIVE_INFINITY, stream.columns ?? 80);
  const lines = (status: ProgressStatus, finished: boolean) => {
    const losses = lossLine(status.losses, columns());
    const bar = barLine(status, columns(), { finished, style });
    return losses === '' ? bar : `${bar}\n${style.faint(losses)}`;
  };
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    show(status) {
      if (status.time - drawnAt < millisecondsBetweenRedraws) return;
      drawnAt = status.time;
      draw(lines(status, status.fraction === 1));
    },
    log(text) {
      draw.clear();
      stream.write(`${text}\n`);
      drawnAt = Number.NEGATIVE_INFINITY;
    },
    finish(status) {
      draw(lines(status, true));
      draw.done();
    },
  };
}
