import { existsSync, readFileSync } from 'node:fs';
import { onFile } from '../files/file-system.js';
import type { Metrics } from '../metrics/metrics.js';

/** The rows of a `metrics.jsonl` up to an environment step; a line that a crash left unfinished is no row. */
export function readRows(path: string, upTo: number): Metrics[] {
  if (!existsSync(path)) return [];
  const lines = onFile('createRun', path, () => readFileSync(path, 'utf8')).split('\n');
  return lines.flatMap(parseRow).filter((row) => (row['time/total_timesteps'] ?? Number.POSITIVE_INFINITY) <= upTo);
}

function parseRow(line: string): Metrics[] {
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === 'object' && row !== null ? [row as Metrics] : [];
  } catch {
    return [];
  }
}
