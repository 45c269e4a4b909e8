import { type Picture, parseOptions, requirePicture } from '@pg/core';
import { writeFileAtomicallySync } from '@pg/core/files';
import * as z from 'zod/mini';
import { requirePath } from '../checks/require.js';
import type { Metrics } from '../metrics/metrics.js';
import { requireRow } from '../metrics/require-update.js';
import { describeEntries } from './describe-entries.js';
import type { Film } from './film.js';
import { FilmRecorder } from './film-recorder.js';
import { fitPicture } from './fit-picture.js';
import type { PageData } from './page-data.js';
import { renderPage } from './render-page.js';
import { RunRecord } from './run-record.js';
import { describingFields, descriptionOf, iterable, type PageDescription } from './watch-options.js';

/** What the page of a finished run is made from. */
export interface RunPageOptions extends PageDescription {
  /** The rows of the run, as `toMetrics` gives them and `metrics.jsonl` holds them. */
  readonly metrics: Iterable<Metrics>;
  /** How the run ended. Default finished. */
  readonly status?: 'finished' | 'stopped' | 'failed';
  /** What went wrong, in a sentence. Default nothing. */
  readonly error?: string;
  /** What came out of it. Default none. */
  readonly result?: Readonly<Record<string, unknown>>;
  /** The pictures of an episode. Default none. */
  readonly episode?: Iterable<Picture>;
  /** Pictures a second. Default 30. */
  readonly fps?: number;
}

const schema = z.strictObject({
  ...describingFields,
  metrics: iterable<Metrics>('rows of metrics'),
  status: z._default(z.enum(['finished', 'stopped', 'failed']), 'finished'),
  error: z._default(z.string(), ''),
  result: z._default(z.record(z.string(), z.unknown()), () => ({})),
  episode: z._default(iterable<Picture>('pictures'), () => []),
  fps: z._default(z.number().check(z.gte(1), z.lte(120)), 30),
});

/**
 * Writes the page of a finished run: one HTML file with its curves, settings and result, and an episode to look at, that needs no
 * network and no server. It is written whole or not at all, and stays small however long the run was: of the curves it keeps at most
 * 1024 stretches, of an episode at most about 1500 pictures. `createRun` writes one for each run by itself; this is for rows from elsewhere, or for
 * a run that was killed.
 *
 * @throws InvalidOptionsError for a wrong option
 * @throws UnavailableError when the file system refuses
 *
 * @example
 * ```ts
 * writeRunPage('runs/cart-pole/run.html', { title: 'A2C on CartPole-v1', metrics, settings: { seed: 1 }, result: { meanReturn: 498 } });
 * ```
 */
export function writeRunPage(path: string, options: RunPageOptions): void {
  requirePath('writeRunPage', path);
  const { metrics, status, error, result, episode, fps, ...described } = parseOptions('writeRunPage', schema, options);
  const record = new RunRecord(described.start);
  for (const row of metrics) {
    requireRow('writeRunPage', row);
    record.add(row);
  }
  record.end(status);
  const film = new FilmRecorder(fps);
  let step = 0;
  for (const picture of episode) {
    requirePicture('writeRunPage', picture);
    film.add(fitPicture(picture), { episode: 0, step: step++, return: Number.NaN });
  }
  const page = { ...descriptionOf(described), result: describeEntries(result), note: error };
  writeFinishedPage('writeRunPage', path, { page, record, film: film.finish() });
}

/** What is written of a run that has ended. */
export interface FinishedPage {
  readonly page: Omit<PageData, 'id' | 'status' | 'curves' | 'film'>;
  readonly record: RunRecord;
  readonly film: Film | null;
}

/** Writes the page of a run whose record has ended. */
export function writeFinishedPage(where: string, path: string, { page, record, film }: FinishedPage): void {
  const data: PageData = { ...page, id: 0, status: record.status, curves: record.history.all(), film };
  writeFileAtomicallySync(where, path, renderPage(page.title, data));
}
