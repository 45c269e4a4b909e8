import { type Picture, parseOptions, requirePicture } from '@pg/core';
import * as z from 'zod/mini';
import { writeAtomically } from '../files/write-atomically.js';
import type { Metrics } from '../metrics/metrics.js';
import { describeEntries } from './describe-entries.js';
import { FilmRecorder } from './film-recorder.js';
import { fitPicture } from './fit-picture.js';
import type { PageData } from './page-data.js';
import { renderPage } from './render-page.js';
import { RunRecord } from './run-record.js';
import { describingFields, type PageDescription } from './watch-options.js';

/** What the page of a finished run is made from. */
export interface RunPageOptions extends PageDescription {
  /** The rows of the run, as `toMetrics` gives them and `metrics.jsonl` holds them. */
  readonly metrics: Iterable<Metrics>;
  /** What came out of it. Default none. */
  readonly result?: Readonly<Record<string, unknown>>;
  /** The pictures of an episode. Default none. */
  readonly episode?: Iterable<Picture>;
  /** Pictures a second. Default 30. */
  readonly fps?: number;
}

const iterable = <T>(what: string) => z.custom<Iterable<T>>((value) => typeof value === 'object' && value !== null && Symbol.iterator in value, what);

const schema = z.strictObject({
  ...describingFields,
  metrics: iterable<Metrics>('rows of metrics'),
  result: z._default(z.record(z.string(), z.unknown()), () => ({})),
  episode: z._default(iterable<Picture>('pictures'), () => []),
  fps: z._default(z.number().check(z.gte(1), z.lte(120)), 30),
});

/**
 * Writes the page of a finished run: one HTML file with its curves, settings and result, and an episode to look at, that needs no
 * network and no server. It is written whole or not at all, and stays small however long the run was: of the curves it keeps at most
 * 1024 stretches, of an episode at most about 1500 pictures.
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
  const { title, total = null, start, settings, reference = null, metrics, result, episode, fps } = parseOptions('writeRunPage', schema, options);
  const record = new RunRecord(start);
  for (const row of metrics) record.add(row);
  record.end('finished');
  const film = new FilmRecorder(fps);
  let step = 0;
  for (const picture of episode) {
    requirePicture('writeRunPage', picture);
    film.add(fitPicture(picture), { episode: 0, step: step++, return: Number.NaN });
  }
  const data: PageData = {
    id: 0,
    title,
    total,
    start,
    reference,
    settings: describeEntries(settings),
    result: describeEntries(result),
    note: '',
    status: record.status,
    curves: record.history.all(),
    film: film.finish(),
  };
  writeAtomically('writeRunPage', path, renderPage(title, data));
}
