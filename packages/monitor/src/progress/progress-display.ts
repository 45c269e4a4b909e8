import type { ProgressStatus } from './track-progress.js';

/** A way of showing progress. */
export interface ProgressDisplay {
  /** Shows a status, or skips it when it comes too soon after the one before. */
  show(status: ProgressStatus): void;
  /** Writes a line that stays, above what is shown. */
  log(text: string): void;
  /** Shows the last status and leaves it on the screen. */
  finish(status: ProgressStatus): void;
}
