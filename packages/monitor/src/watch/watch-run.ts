import { describeThrown, type Picture, requirePicture, type WithAsyncDispose } from '@pg/core';
import { writeFileAtomicallySync } from '@pg/core/files';
import { requirePath } from '../checks/require.js';
import { requireRow, requireUpdate } from '../metrics/require-update.js';
import { toMetrics } from '../metrics/to-metrics.js';
import type { TrainingUpdate } from '../metrics/training-update.js';
import { outliveStream } from '../progress/outlive-stream.js';
import { AgentPlayer, type PlayOptions, type WatchedEnv, type WatchedLearner } from './agent-player.js';
import type { Caption } from './clip-encoder.js';
import { describeEntries } from './describe-entries.js';
import { encodeEvent } from './event-stream.js';
import type { Film } from './film.js';
import { LiveStage } from './live-stage.js';
import type { Entry, PageData, Progress } from './page-data.js';
import { PageServer } from './page-server.js';
import { parseEnd } from './parse-end.js';
import { renderPage } from './render-page.js';
import { requirePlayable } from './require-playable.js';
import { RunRecord } from './run-record.js';
import { descriptionOf, parseCaption, parsePlayOptions, parseWatchOptions, type WatchOptions, type WatchSettings } from './watch-options.js';

/** A page on which a run is watched. */
export interface LivePage extends WithAsyncDispose {
  /** Where it is, for example `http://127.0.0.1:41235/`. */
  readonly url: string;
  /** Takes the numbers of an update; cheap enough for every one, since pages are told four times a second. */
  update(update: TrainingUpdate): void;
  /**
   * Plays episodes in an environment of the agent's own, with the policy as it is at each step, for those who have the page open. Nothing that training
   * depends on is touched: a run that is watched ends with the same bits. It plays between updates, takes at most 15 % of the time,
   * and nothing while no page is open. Another call replaces the agent; if it fails, the page says so, and training goes on.
   *
   * @param learner - of `@pg/algos`, or `{ policy }`
   * @param env - a running environment that is used for nothing else; the observations as the policy takes them, before normalisation
   * @throws InvalidOptionsError for an environment that normalises, or a wrong option
   */
  play<TObs, TAction>(learner: WatchedLearner<NoInfer<TObs>, NoInfer<TAction>>, env: WatchedEnv<TObs, TAction>, options?: PlayOptions): void;
  /**
   * Shows a picture that the program itself has made, instead of `play`. Those with the number of one episode are kept as its film.
   *
   * @throws InvalidShapeError for what is no picture
   */
  show(picture: Picture, caption?: Partial<Caption>): void;
  /**
   * Says that the run is finished, and resolves when the open pages know it: they keep what they show, without this program. The agent plays a
   * last episode, as fast as it can, which becomes part of the page.
   *
   * @param result - what is worth showing: an evaluation's mean return, the path of the saved policy. Default `{}`
   * @param end - whether training came to its end or was stopped before. Default finished
   */
  finish(result?: Readonly<Record<string, unknown>>, end?: { readonly status?: 'finished' | 'stopped' }): Promise<void>;
  /** Ends the run like `finish`, without an episode; the page says that it has failed, and why. */
  fail(error: unknown): Promise<void>;
  /**
   * Writes the page as it is now as one HTML file that needs neither this program nor a network, whole or not at all.
   *
   * @throws UnavailableError when the file system refuses
   */
  save(path: string): void;
  /** Ends all connections; the open pages say that the run was stopped if it was not finished. A second call does nothing. */
  close(): Promise<void>;
}

/** Milliseconds between two messages to the pages. */
const INTERVAL = 250;

/**
 * Serves a page on this machine with the curves of a run and the agent playing, brought up to date while it trains. It can be opened
 * any number of times and at any moment; pages that are slow or gone never hold up training, and the server never keeps Node running.
 * Everything is part of the page: nothing is loaded from a network.
 *
 * @throws InvalidOptionsError for a wrong option
 * @throws UnavailableError when the port is taken
 *
 * @example
 * ```ts
 * const page = await watchRun({ title: 'A2C on CartPole-v1', total: 100_000 });
 * page.play(learner, cartPole().make(), { fps: 50 });
 * for await (const update of learner.train({ steps: 100_000 })) page.update(update);
 * await page.finish();
 * page.save('runs/cart-pole/run.html');
 * await page.close();
 * ```
 */
export async function watchRun(options: WatchOptions = {}): Promise<LivePage> {
  const settings = parseWatchOptions(options);
  const run = new WatchedRun(settings);
  await run.listen();
  outliveStream(settings.stream);
  settings.stream.write(`Watch at ${run.url}\n`);
  return run;
}

class WatchedRun implements LivePage {
  readonly #settings: WatchSettings;
  readonly #began: number;
  /** Seconds that the run took before. */
  readonly #elapsedBefore: number;
  readonly #id = Date.now();
  readonly #record: RunRecord;
  readonly #stage: LiveStage;
  #server!: PageServer;
  #timer: NodeJS.Timeout | undefined;
  #result: readonly Entry[] = [];
  #film: Film | null = null;
  #note = '';
  /** Updates count until the run is finished or the page closed. */
  #open = true;

  constructor(settings: WatchSettings) {
    this.#settings = settings;
    this.#began = settings.now();
    this.#record = new RunRecord(settings.start);
    for (const row of settings.metrics) {
      requireRow('watchRun', row);
      this.#record.add(row);
    }
    this.#elapsedBefore = this.#record.status.elapsed;
    this.#stage = new LiveStage({
      now: settings.now,
      hasAudience: () => this.#server.viewers > 0,
      send: (clip) => this.#server.sendPictures(encodeEvent('clip', clip)),
      fail: (message) => {
        this.#note = message;
        this.#sendAll();
      },
    });
  }

  get url(): string {
    return this.#server.url;
  }

  async listen(): Promise<void> {
    const { title, port } = this.#settings;
    this.#server = await PageServer.listen(port, { html: renderPage(title, null), greet: () => this.#everything() });
  }

  update(update: TrainingUpdate): void {
    if (!this.#open) return;
    requireUpdate('page.update', update);
    const { now, start } = this.#settings;
    const elapsed = Math.max(0, (now() - this.#began) / 1000);
    this.#record.add({ ...toMetrics(update, { elapsedSeconds: elapsed, start }), 'time/time_elapsed': this.#elapsedBefore + elapsed });
    this.#timer ??= setTimeout(() => this.#sendProgress(), INTERVAL).unref();
  }

  play<TObs, TAction>(learner: WatchedLearner<NoInfer<TObs>, NoInfer<TAction>>, env: WatchedEnv<TObs, TAction>, options: PlayOptions = {}): void {
    const { fps, greedy, seed } = parsePlayOptions('page.play', options);
    requirePlayable('page.play', learner, env);
    if (this.#open) this.#stage.play(new AgentPlayer({ learner, env, greedy, seed }), fps);
  }

  show(picture: Picture, caption: Partial<Caption> = {}): void {
    requirePicture('page.show', picture);
    const { episode = 0, step = 0, return: episodeReturn = Number.NaN } = parseCaption('page.show', caption);
    if (this.#open) this.#stage.show(picture, { episode, step, return: episodeReturn });
  }

  async finish(result: Readonly<Record<string, unknown>> = {}, end: { readonly status?: 'finished' | 'stopped' } = {}): Promise<void> {
    const { status } = parseEnd('page.finish', result, end);
    if (!this.#open) return;
    this.#open = false;
    this.#film = await this.#stage.film();
    this.#result = describeEntries(result);
    await this.#end(status);
  }

  async fail(error: unknown): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#note = describeThrown(error);
    await this.#end('failed');
  }

  save(path: string): void {
    requirePath('page.save', path);
    writeFileAtomicallySync('page.save', path, renderPage(this.#settings.title, this.#data()));
  }

  async close(): Promise<void> {
    if (this.#open) await this.#end('stopped');
    this.#open = false;
    await this.#server.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Tells the pages, and waits until they know. */
  async #end(phase: 'finished' | 'stopped' | 'failed'): Promise<void> {
    this.#stage.stop();
    clearTimeout(this.#timer);
    this.#record.end(phase);
    this.#sendAll();
    await this.#server.flush();
  }

  #sendProgress(): void {
    this.#timer = undefined;
    const progress: Progress = { status: this.#record.status, curves: this.#record.history.changes() };
    this.#server.send(encodeEvent('progress', progress));
  }

  #sendAll(): void {
    this.#server.send(this.#everything());
  }

  #everything(): string {
    return encodeEvent('run', this.#data());
  }

  #data(): PageData {
    return {
      ...descriptionOf(this.#settings),
      id: this.#id,
      result: this.#result,
      note: this.#note,
      status: this.#record.status,
      curves: this.#record.history.all(),
      film: this.#film,
    };
  }
}
