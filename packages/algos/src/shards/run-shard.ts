import { Rng, type Space } from '@pg/core';
import { type EnvSpec, makeShard, type VectorEnv, vectorize } from '@pg/envs';
import type { TrainableNetwork } from '@pg/nn';
import { restoreShard, type SavedShard, saveShard } from '../checkpoints/shard-state.js';
import type { Shard, ShardProgram, ShardSteps } from './shard.js';
import { openMail } from './shard-mail.js';
import { UndoPoint } from './undo-point.js';

/** What one shard of a run is made of. */
export interface ShardParts<TCommand extends string, TName extends string> {
  readonly program: ShardProgram<TCommand, TName>;
  readonly envSpec: EnvSpec<Space, Space, boolean>;
  readonly network: TrainableNetwork;
  readonly valueHead: string | undefined;
  readonly seed: number;
  /** Which of the run's shards it is. */
  readonly index: number;
  /** How many those are. */
  readonly shards: number;
  /** Where its mail lies. */
  readonly mail: Float64Array;
  /** Where its environments say what they are at. */
  readonly progress?: Int32Array | undefined;
}

/** A shard at work, on whatever thread. */
export class RunningShard<TCommand extends string, TName extends string> {
  readonly shard: Shard<TName>;
  readonly #steps: ShardSteps<TCommand>;
  readonly #undoPoint: UndoPoint;
  /** The update that the undo point lies before. */
  #attempt = 0;

  constructor(parts: ShardParts<TCommand, TName>) {
    const { program, network, valueHead, seed, index, shards } = parts;
    const rng = Rng.fromSeed(seed);
    const stream = (name: string) => (shards === 1 ? rng.stream(name) : rng.stream(name).stream('shard', index));
    this.shard = {
      index,
      env: makeEnv(parts),
      network,
      valueHead,
      actionRng: stream('actions'),
      shuffleRng: stream('shuffle'),
      mail: openMail(program.mail, parts.mail),
    };
    this.#steps = program.start(this.shard);
    this.#undoPoint = new UndoPoint({ ...this.shard, collector: this.#steps.collector });
  }

  /** Does what it is told; gives what went wrong, if anything, and is ready for the next command even so. */
  run(command: TCommand): { readonly error: unknown } | undefined {
    const { attempt } = this.shard.mail.numbers;
    if (attempt !== this.#attempt) this.#undoPoint.keep();
    this.#attempt = attempt;
    return this.#attend(() => this.#steps.commands[command]());
  }

  /** Takes back what the commands of the present update have changed, if there were any, but for its environments, which start new episodes. */
  undo(): void {
    const { numbers } = this.shard.mail;
    if (numbers.attempt !== this.#attempt) return;
    this.#undoPoint.undo();
    numbers.playing = 0;
  }

  /** All that changes in it, to go on from. */
  save(): SavedShard {
    return saveShard({ ...this.shard, collector: this.#steps.collector });
  }

  /** Becomes what was saved. */
  restore(saved: unknown, from: string): { readonly error: unknown } | undefined {
    return this.#attend(() => restoreShard({ ...this.shard, collector: this.#steps.collector }, saved, from));
  }

  dispose(): void {
    this.shard.env.close();
    this.shard.network.dispose();
  }

  #attend(action: () => void): { readonly error: unknown } | undefined {
    const { numbers } = this.shard.mail;
    numbers.failed = 0;
    numbers.playing = 0;
    try {
      action();
      numbers.playing = this.#steps.collector.playing ? 1 : 0;
      return undefined;
    } catch (error) {
      numbers.failed = 1;
      return { error };
    }
  }
}

/** All copies as their specification makes them, or some of them. */
function makeEnv({ envSpec, seed, index, shards, progress }: ShardParts<string, string>): VectorEnv<Space, Space> {
  const spec = envSpec.vectorized ? envSpec : vectorize(envSpec, { numEnvs: 1 });
  if (shards === 1 && progress === undefined) return spec.make({ seed }) as VectorEnv<Space, Space>;
  const count = spec.numEnvs / shards;
  return makeShard(spec, { seed, first: index * count, count, progress });
}
