import { UnavailableError } from '@pg/core';
import type { Metrics } from './metrics.js';
import type { MetricsWriter } from './metrics-writer.js';

/**
 * A writer that training outlives: a row that the file system refuses is kept in memory and written before the next one. The first refusal is
 * told to `warn`, once until a row gets through again.
 *
 * @returns a writer whose `write` never throws an UnavailableError, and whose `close` does while rows are still waiting: it can be called again
 */
export function keepRows(writer: MetricsWriter, warn: (error: UnavailableError) => void): MetricsWriter {
  const waiting: Metrics[] = [];
  let refused = false;
  const writeWaiting = () => {
    for (let row = waiting[0]; row !== undefined; row = waiting[0]) {
      writer.write(row);
      waiting.shift();
    }
  };
  return {
    write(metrics) {
      waiting.push(metrics);
      try {
        writeWaiting();
        refused = false;
      } catch (error) {
        if (!UnavailableError.isInstance(error)) throw error;
        if (!refused) warn(error);
        refused = true;
      }
    },
    async close() {
      writeWaiting();
      await writer.close();
    },
  };
}
