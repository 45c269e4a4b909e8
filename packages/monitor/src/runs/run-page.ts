import { join } from 'node:path';
import { flatten, shortName } from '../compare/flatten.js';
import { toJson } from '../files/to-json.js';
import type { Metrics } from '../metrics/metrics.js';
import { AgentPlayer, type PlayOptions, type WatchedEnv, type WatchedLearner } from '../watch/agent-player.js';
import { describeEntries } from '../watch/describe-entries.js';
import type { Film } from '../watch/film.js';
import { type Player, recordFilm, whyNotShown } from '../watch/record-film.js';
import { requirePlayable } from '../watch/require-playable.js';
import { RunRecord } from '../watch/run-record.js';
import { descriptionOf, parsePlayOptions } from '../watch/watch-options.js';
import { writeFinishedPage } from '../watch/write-run-page.js';
import type { Past } from './begin-run.js';
import { runFiles } from './run-files.js';
import type { RunSettings } from './run-options.js';

/** How a run has ended, for its page. */
export interface PageEnd {
  readonly status: 'finished' | 'stopped' | 'failed';
  readonly result: Readonly<Record<string, unknown>>;
  readonly error?: string;
}

/** What the page of a run gathers while it trains, in bounded memory, and writes at its end. */
export class RunPage {
  readonly #settings: RunSettings;
  readonly #past: Past;
  readonly #record: RunRecord;
  #agent: { readonly player: Player; readonly fps: number } | undefined;
  #film: Film | null = null;

  constructor(settings: RunSettings, past: Past) {
    this.#settings = settings;
    this.#past = past;
    this.#record = new RunRecord(past.info.start);
    for (const row of past.rows) this.#record.add(row);
  }

  /** Takes a row. */
  add(row: Metrics): void {
    this.#record.add(row);
  }

  /** Chooses the agent that plays at the end; nothing is played before. */
  play<TObs, TAction>(learner: WatchedLearner<TObs, TAction>, env: WatchedEnv<TObs, TAction>, options: PlayOptions): void {
    const { fps, greedy, seed } = parsePlayOptions('run.play', options);
    requirePlayable('run.play', learner, env);
    this.#agent = { player: new AgentPlayer({ learner, env, greedy, seed }), fps };
  }

  /** Plays the episode, once. */
  async film(): Promise<void> {
    if (this.#agent === undefined || this.#film !== null) return;
    const { now, warn } = this.#settings;
    const fail = (error: unknown) => {
      const message = whyNotShown(error);
      if (message !== undefined) warn(message);
    };
    this.#film = await recordFilm(this.#agent.player, { fps: this.#agent.fps, now, fail });
  }

  /** Writes the page. */
  write({ status, result, error = '' }: PageEnd): void {
    const { directory, curve } = this.#settings;
    const { title, reference } = curve;
    this.#record.end(status);
    const described = descriptionOf({ title: title!, start: this.#past.info.start, reference, settings: this.#about() });
    const page = { ...described, result: describeEntries(flatFile(result)), note: error };
    writeFinishedPage('run.finish', join(directory, runFiles.page), { page, record: this.#record, film: this.#film });
  }

  /** The settings, and what the run was made with. */
  #about(): Record<string, unknown> {
    const { config, startedAt, command, git } = this.#past.info;
    const commit = git && `${git.commit.slice(0, 12)}${git.dirty ? ', with changes' : ''}`;
    return { ...withShortNames(config), 'started at': startedAt, command: command.join(' '), commit };
  }
}

/** Nested values as one flat list, as they are in files. */
function flatFile(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return flatten(JSON.parse(toJson('run.finish', values)));
}

/** The same, each under the last part of its name where no other has it. */
function withShortNames(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const flat = flatFile(values);
  const names = Object.keys(flat);
  return Object.fromEntries(Object.entries(flat).map(([name, value]) => [shortName(name, names), value]));
}
