import * as z from 'zod/mini';
import type { Metrics } from './metrics.js';

/** Somewhere that rows of metrics go. */
export interface MetricsWriter {
  /**
   * Writes one row before it returns, as one whole line: what was written survives a killed process.
   *
   * @throws UnavailableError when the file system refuses
   * @throws DisposedError after `close()`
   */
  write(metrics: Metrics): void;
  /** Closes the file; closing twice is harmless. */
  close(): Promise<void>;
}

/** How a metrics file is opened. */
export interface MetricsFileOptions {
  /** Whether to go on at the end of an existing file, as a resumed run does, instead of replacing it. Default false. */
  readonly append?: boolean;
}

/** The strict schema of `MetricsFileOptions`. */
export const metricsFileSchema = z.strictObject({ append: z._default(z.boolean(), false) });
