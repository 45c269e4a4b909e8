import { InvalidOptionsError, Rng, type Space } from '@pg/core';
import { type EnvSpec, makeShard, type VectorEnv, vectorize } from '@pg/envs';
import type { TrainableNetwork } from '@pg/nn';
import { restoreShard, type SavedShard, saveShard } from '../checkpoints/shard-state.js';
import type { RunPlan } from '../definition/plan-run.js';
import { PlayedRollouts } from '../rollouts/played-rollouts.js';
import { RunningUpdate } from '../update/running-update.js';
import { MOST_NUMBERS, ShardMail } from './shard-mail.js';
import { UndoPoint } from './undo-point.js';

/** The parts of one shard of a run. */
export interface ShardParts {
  readonly plan: RunPlan;
  readonly envSpec: EnvSpec<Space, Space, boolean>;
  readonly network: TrainableNetwork;
  readonly valueHead: string | undefined;
  readonly seed: number;
  /** Its index among the shards of the run. */
  readonly index: number;
  /** The place of its mail. */
  readonly mail: Float64Array;
  /** Where its environments say what they are at. */
  readonly progress?: Int32Array | undefined;
}

/** A fixed part of a run's copies at work, on whatever thread, with a network and random streams of its own. */
export class RunningShard {
  readonly network: TrainableNetwork;
  readonly env: VectorEnv<Space, Space>;
  readonly mail: ShardMail;
  /** The names of the metrics that the last update returned. */
  metricNames: readonly string[] = [];
  readonly #parts: ShardParts;
  readonly #actionRng: Rng;
  readonly #shuffleRng: Rng;
  readonly #rollouts: PlayedRollouts;
  readonly #state: object | undefined;
  readonly #update: RunningUpdate;
  readonly #undoPoint: UndoPoint;
  /** The number of the update that is running, or was last. */
  #attempt = 0;

  constructor(parts: ShardParts) {
    const { plan, network, valueHead, seed, index } = parts;
    const { shards } = plan.settings;
    const rng = Rng.fromSeed(seed);
    const stream = (name: string) => (shards === 1 ? rng.stream(name) : rng.stream(name).stream('shard', index));
    this.#parts = parts;
    this.network = network;
    this.env = makeEnv(parts);
    this.mail = new ShardMail(plan.mail, parts.mail);
    this.#actionRng = stream('actions');
    this.#shuffleRng = stream('shuffle');
    const playing = { env: this.env, network, valueHead, actionRng: this.#actionRng, shuffleRng: this.#shuffleRng, episodes: this.mail.episodes };
    this.#rollouts = new PlayedRollouts(playing, plan.play);
    this.#state = plan.stateFor(this.env.numEnvs);
    this.#update = this.#startUpdate();
    const { env } = this;
    this.#undoPoint = new UndoPoint({ env, actionRng: this.#actionRng, shuffleRng: this.#shuffleRng, collector: this.#rollouts.collector, state: this.#state });
  }

  /** Advances its update to the next ask; gives what went wrong, if anything, and is ready for the next update even so. */
  advance(): { readonly error: unknown } | undefined {
    return this.#attend(() => {
      const { mail } = this;
      const isNew = mail.header.attempt !== this.#attempt;
      if (isNew) this.#begin();
      const answer = isNew ? undefined : mail.answered;
      if (answer?.stepped) this.#rollouts.moves += 1;
      const { request, metrics } = this.#update.advance(answer);
      if (metrics) this.#finish(metrics);
      else {
        this.#requireRoom(request.numbers.length, request.moments.length);
        mail.ask(request);
      }
    });
  }

  /** Takes back the changes of the present update, if there are any, but for those of its environments, which start new episodes. */
  undo(): void {
    const { header } = this.mail;
    if (header.attempt !== this.#attempt) return;
    this.#update.abandon();
    this.#undoPoint.undo();
    header.playing = 0;
  }

  /** The state of the shard, to go on from. */
  save(): SavedShard {
    return saveShard(this.#saved);
  }

  /** Restores the shard from a state. */
  restore(saved: unknown, from: string): { readonly error: unknown } | undefined {
    return this.#attend(() => restoreShard(this.#saved, saved, from));
  }

  dispose(): void {
    this.env.close();
    this.network.dispose();
  }

  get #saved() {
    const { index } = this.#parts;
    const { env, network } = this;
    return { index, env, network, actionRng: this.#actionRng, shuffleRng: this.#shuffleRng, collector: this.#rollouts.collector, algorithm: this.#state };
  }

  #startUpdate(): RunningUpdate {
    const { plan, envSpec } = this.#parts;
    const { header, schedules } = this.mail;
    return new RunningUpdate({
      update: plan.definition.update,
      rollouts: this.#rollouts,
      options: { ...plan.options },
      state: this.#state,
      numEnvs: envSpec.numEnvs,
      isFixedLength: plan.play.plan.kind === 'steps',
      header: {
        get progress() {
          return header.progress;
        },
        get begins() {
          return header.begins === 1;
        },
        get isTakenIn() {
          return header.collected === 0;
        },
      },
      schedule(options) {
        plan.scheduled.forEach((name, i) => {
          options[name] = schedules[i]!;
        });
      },
      played: (steps) => {
        header.collected = 1;
        header.steps = steps;
      },
    });
  }

  #begin(): void {
    this.#attempt = this.mail.header.attempt;
    this.#undoPoint.keep();
    this.#update.begin();
  }

  /** Hands in the metrics of an update. */
  #finish(metrics: object): void {
    const entries = Object.entries(metrics as Readonly<Record<string, number | undefined>>).filter(([, value]) => value !== undefined);
    const names = entries.map(([name]) => name);
    this.#requireRoom(names.length, 0);
    const isSame = names.length === this.metricNames.length && names.every((name, i) => name === this.metricNames[i]);
    this.mail.header.renamed = isSame ? 0 : 1;
    this.metricNames = names;
    this.mail.finish(entries.map(([, value]) => Number(value)));
  }

  #requireRoom(numbers: number, moments: number): void {
    const { mostMoments } = this.mail;
    if (numbers <= MOST_NUMBERS && moments <= mostMoments) return;
    throw new InvalidOptionsError({
      where: this.#parts.plan.settings.algorithm,
      got: `${numbers} numbers and ${moments} statistics in one ask`,
      expected: `at most ${MOST_NUMBERS} and ${mostMoments}`,
      remedy: 'Ask in several pieces.',
    });
  }

  #attend(action: () => void): { readonly error: unknown } | undefined {
    const { header } = this.mail;
    header.failed = 0;
    header.playing = 0;
    header.renamed = 0;
    try {
      action();
      header.playing = this.#rollouts.collector.playing ? 1 : 0;
      return undefined;
    } catch (error) {
      this.#update.abandon();
      header.failed = 1;
      return { error };
    }
  }
}

/** All copies as their specification makes them, or some of them. */
function makeEnv({ plan, envSpec, seed, index, progress }: ShardParts): VectorEnv<Space, Space> {
  const { shards } = plan.settings;
  const spec = envSpec.vectorized ? envSpec : vectorize(envSpec, { numEnvs: 1 });
  if (shards === 1 && progress === undefined) return spec.make({ seed }) as VectorEnv<Space, Space>;
  const count = spec.numEnvs / shards;
  return makeShard(spec, { seed, first: index * count, count, progress });
}
