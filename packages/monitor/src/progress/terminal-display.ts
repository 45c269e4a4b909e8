import { createLogUpdate } from 'log-update';
import { barLine } from './bar-line.js';
import type { ProgressDisplay } from './progress-display.js';
import type { ProgressStream } from './progress-stream.js';

const millisecondsBetweenRedraws = 100;

/**
 * One line redrawn in place, up to ten times a second. The width is read at each redraw, so a resized window fits again.
 *
 * The cursor stays visible: hiding it would install a handler of SIGINT that ends the process behind a program's own
 * `process.once('SIGINT', …)`, and a Ctrl-C that is meant to stop training and keep the policy would lose it.
 */
export function terminalDisplay(stream: ProgressStream, width: number | undefined): ProgressDisplay {
  const draw = createLogUpdate(stream as NodeJS.WritableStream, { showCursor: true });
  const columns = () => Math.min(width ?? Number.POSITIVE_INFINITY, stream.columns ?? 80);
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    show(status) {
      if (status.time - drawnAt < millisecondsBetweenRedraws) return;
      drawnAt = status.time;
      draw(barLine(status, columns(), status.fraction === 1));
    },
    finish(status) {
      draw(barLine(status, columns(), true));
      draw.done();
    },
  };
}
