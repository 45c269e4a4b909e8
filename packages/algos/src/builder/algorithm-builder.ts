import { describeValue, InvalidOptionsError, isUint8Array, type OptionSchema, parseOptions } from '@pg/core';
import { type FileSource, readSource } from '@pg/core/files';
import { plainError, type ThreadTask } from '@pg/core/threads';
import type { EnvSpec } from '@pg/envs';
import type { Engine } from '@pg/nn';
import * as z from 'zod/mini';
import { type Checkpoint, decodeCheckpoint } from '../checkpoints/checkpoint-file.js';
import type { Learner, Update } from '../learner/learner.js';
import { type BuilderTask, WORK } from '../workers/builder-task.js';
import { identityOf, requireSameComposition } from '../workers/composition-identity.js';
import { type WorkerOptions, workerShape } from '../workers/worker-options.js';
import type { AnyEnv, AnyPolicy, ComposeError, FitsPolicy, Needs, Unset, WithoutArguments } from './fits.js';

/** What `.build()` takes. */
export interface BuildOptions extends WorkerOptions {
  /** The one root of all randomness of the run: the same seed, the same result, bit for bit. Any safe integer; 0 is one. */
  readonly seed: number;
  /** What computes the networks; the WebAssembly engine by default. */
  readonly engine?: Engine;
}

/**
 * Composes an algorithm step by step. Immutable: every method returns a new builder and leaves the one that it was called on
 * as it is.
 */
export interface AlgorithmBuilder<TEnv, TPolicy, TOptions, TUpdate extends Update, TNeeds extends Needs> {
  /** Sets the environment, vectorised or not; the policy is to be set after it. */
  env<const E extends AnyEnv>(env: E): AlgorithmBuilder<E, Unset, TOptions, TUpdate, TNeeds>;
  /** Sets the policy; one that does not fit the environment does not compile. */
  policy<P extends AnyPolicy>(policy: FitsPolicy<TEnv, P, TNeeds>): AlgorithmBuilder<TEnv, P, TOptions, TUpdate, TNeeds>;
  /**
   * Sets some of the algorithm's options; others keep their values.
   *
   * @throws InvalidOptionsError when an option is unknown or out of range
   */
  options(options: Partial<TOptions>): AlgorithmBuilder<TEnv, TPolicy, TOptions, TUpdate, TNeeds>;
  /** Without a seed there is no run. */
  build(this: WithoutArguments<TEnv, TPolicy, TNeeds, 'build', 'a seed is required: .build({ seed: 0 })'>): LearnerOf<TEnv, TUpdate>;
  /**
   * Makes the run.
   *
   * @throws InvalidOptionsError when an option is unknown or wrong, or a part is missing (in JavaScript)
   * @throws IncompatiblePolicyError when the policy does not fit (in JavaScript, where the compiler does not stop it)
   */
  build(
    ...args: TEnv extends Unset
      ? [ComposeError<'call .env() before .build()'>]
      : TPolicy extends Unset
        ? [ComposeError<'call .policy() before .build()'>]
        : [options: BuildOptions]
  ): LearnerOf<TEnv, TUpdate>;
  /** Without a checkpoint there is nothing to load. */
  load(this: WithoutArguments<TEnv, TPolicy, TNeeds, 'load', "a checkpoint is required: .load('run.safetensors')">): Promise<LearnerOf<TEnv, TUpdate>>;
  /**
   * Makes the run that a checkpoint was saved of, and goes on from there exactly: the same updates, bit for bit, as if it had never
   * stopped. Seed and state are the checkpoint's. Algorithm, environment, policy, `rolloutLength`, `episodesPerUpdate`,
   * `minibatchSize` and the kind of optimiser have to be those of the checkpoint; other options, such as the learning rate, are
   * what is set here. Nothing in the file is run.
   *
   * @throws InvalidFileError when the file cannot be read, is damaged or no checkpoint
   * @throws IncompatibleCheckpointError naming what differs
   * @example
   * ```ts
   * const algorithm = a2c().env(cartPole()).policy(actorCritic({ encoder: mlp([64]) }));
   * const learner = existsSync(path) ? await algorithm.load(path) : algorithm.build({ seed: 7 });
   * ```
   */
  load(
    ...args: TEnv extends Unset
      ? [ComposeError<'call .env() before .load()'>]
      : TPolicy extends Unset
        ? [ComposeError<'call .policy() before .load()'>]
        : [source: FileSource, options?: LoadOptions]
  ): Promise<LearnerOf<TEnv, TUpdate>>;
  /** Does a part of a run on a worker thread; for the threads that `build` starts. */
  readonly '~work': (task: never) => Promise<void>;
}

/** What `.load()` takes beside the checkpoint. */
export interface LoadOptions extends WorkerOptions {
  /** What computes the networks; the WebAssembly engine by default. */
  readonly engine?: Engine;
}

/** The learner of an environment's spaces. */
export type LearnerOf<TEnv, TUpdate extends Update> = TEnv extends EnvSpec<infer TObs, infer TAct, boolean> ? Learner<TObs, TAct, TUpdate> : never;

/** What a plain twin takes: everything that the builder gathers, in one object. */
export type TypedComposition<TEnv extends AnyEnv, TPolicy extends AnyPolicy, TOptions, TNeeds extends Needs> = TypedParts<TEnv, TPolicy, TOptions, TNeeds> &
  (BuildOptions | ResumeOptions);

/** In place of a seed: where to go on. */
export interface ResumeOptions extends LoadOptions {
  /** What `toCheckpoint` gave or `saveCheckpoint` wrote; the seed is in it. */
  readonly checkpoint: Uint8Array;
}

/** What is composed. */
export interface TypedParts<TEnv extends AnyEnv, TPolicy extends AnyPolicy, TOptions, TNeeds extends Needs> {
  /** The environment, vectorised or not. */
  readonly env: TEnv;
  /** The policy; one that does not fit the environment does not compile. */
  readonly policy: FitsPolicy<TEnv, TPolicy, TNeeds>;
  /** Some of the algorithm's options. */
  readonly options?: Partial<TOptions>;
}

const engine = z.custom<Engine>((value) => typeof value === 'object' && value !== null && 'compileForTraining' in value, {
  error: 'an engine: wasmEngine() of @pg/nn',
});
const loadShape = { engine: z.optional(engine), ...workerShape };
const buildShape = { seed: z.int(), ...loadShape };
const buildSchema = z.strictObject(buildShape);
const loadSchema = z.strictObject(loadShape);
const checkpoint = z.custom<Checkpoint | Uint8Array>((value) => isUint8Array(value) || (typeof value === 'object' && value !== null && 'document' in value), {
  error: "a checkpoint's bytes",
});
const anObject = z.custom<object>((value) => typeof value === 'object' && value !== null, { error: 'an options object' });
const partsShape = { env: z.unknown(), policy: z.unknown(), options: z.optional(anObject) };
const compositionSchema = z.strictObject({ ...partsShape, ...buildShape });
const resumeSchema = z.strictObject({ ...partsShape, ...loadShape, checkpoint });

/** What a builder has gathered. */
export interface Composition<TOptions> extends LoadOptions {
  /** There unless there is a checkpoint. */
  readonly seed?: number;
  /** What to go on from. */
  readonly checkpoint?: Checkpoint | Uint8Array;
  readonly env: AnyEnv;
  readonly policy: AnyPolicy;
  readonly options?: Partial<TOptions>;
}

/** What an algorithm does on a worker thread. */
export type Work<TOptions> = (composition: Composition<TOptions>, task: ThreadTask<never>) => Promise<void>;

/** What a builder needs to know of its algorithm. */
export interface AlgorithmDefinition<TOptions, TUpdate extends Update> {
  /** The function that users call, for messages. */
  readonly name: string;
  /** Checks the options. */
  readonly schema: OptionSchema<unknown>;
  /** The plain twin that `.build()` calls. */
  // biome-ignore lint/suspicious/noExplicitAny: the builder's types have checked the spaces
  readonly create: (composition: Composition<TOptions>) => Learner<any, any, TUpdate>;
  /** What it does on a worker thread, with the composition that it was built of. */
  readonly work: Work<TOptions>;
}

/**
 * A builder in which nothing has been set.
 *
 * @param none - what the function was called with; for JavaScript callers
 * @throws InvalidOptionsError when that is something
 */
export function createBuilder<TOptions, TUpdate extends Update, TNeeds extends Needs>(
  algorithm: AlgorithmDefinition<TOptions, TUpdate>,
  none: readonly unknown[],
): AlgorithmBuilder<Unset, Unset, TOptions, TUpdate, TNeeds> {
  const { name } = algorithm;
  if (none.length > 0) {
    throw new InvalidOptionsError({
      where: name,
      got: describeValue(none[0]),
      expected: 'no argument',
      remedy: `Write ${name}().options({ … }), or pass everything to ${twinOf(name)}({ env, policy, options, seed }).`,
    });
  }
  return builder(algorithm, { options: {} }) as unknown as AlgorithmBuilder<Unset, Unset, TOptions, TUpdate, TNeeds>;
}

type Parts<TOptions> = Partial<Omit<Composition<TOptions>, 'options'>> & { readonly options: Partial<TOptions> };

function builder<TOptions, TUpdate extends Update>(algorithm: AlgorithmDefinition<TOptions, TUpdate>, parts: Parts<TOptions>): object {
  const { name, schema, create } = algorithm;
  const having = (more: Partial<Parts<TOptions>>) => builder(algorithm, { ...parts, ...more });
  return Object.freeze({
    env: (env: AnyEnv) => having({ env }),
    policy: (policy: AnyPolicy) => having({ policy }),
    options(options: Partial<TOptions>) {
      parseOptions(`${name}().options`, schema, options);
      return having({ options: { ...parts.options, ...options } });
    },
    build(build: Partial<BuildOptions> = {}) {
      parseOptions(`${name}().build`, buildSchema, build);
      return create({ ...parts, ...build } as Composition<TOptions>);
    },
    async load(source: FileSource, options: LoadOptions = {}) {
      const where = `${name}().load`;
      parseOptions(where, loadSchema, options);
      const checkpoint = decodeCheckpoint(await readSource(where, source), where);
      return create({ ...parts, ...options, checkpoint } as Composition<TOptions>);
    },
    [WORK]: (task: ThreadTask<BuilderTask>) => work(algorithm, parts, task),
  });
}

/** Does an algorithm's part on this thread. What goes wrong is posted to the thread that started it, and ends this one. */
async function work<TOptions, TUpdate extends Update>(
  { name, schema, work }: AlgorithmDefinition<TOptions, TUpdate>,
  parts: Parts<TOptions>,
  task: ThreadTask<BuilderTask>,
): Promise<void> {
  try {
    const { identity, seed } = task.task;
    const composition = { ...parts, seed } as Composition<TOptions>;
    requireComposition(name, composition);
    requireSameComposition(identityOf(name, schema, composition), identity);
    await work(composition, task as ThreadTask<never>);
  } catch (error) {
    task.channel.port.postMessage({ failure: plainError(error) });
    throw error;
  }
}

/** Refuses a composition without an environment, a policy or a seed, or with anything else; for JavaScript callers. */
export function requireComposition(name: string, composition: Partial<Composition<unknown>>): void {
  const { env, policy } = composition ?? {};
  if (env === null || typeof env !== 'object' || !('~source' in env)) {
    throw missing(name, `env: ${describeValue(env)}`, 'an environment specification', `Call .env(cartPole()) before .build(), or give ${twinOf(name)} an env.`);
  }
  if (policy === null || typeof policy !== 'object' || typeof policy.bind !== 'function') {
    throw missing(name, `policy: ${describeValue(policy)}`, 'a policy specification', `Call .policy(...) before .build(), or give ${twinOf(name)} a policy.`);
  }
  if ('checkpoint' in composition) parseOptions(name, resumeSchema, composition);
  else parseOptions(name, compositionSchema, composition);
}

/** `a2c.create` of `a2c`. */
function twinOf(name: string): string {
  return `${name}.create`;
}

function missing(where: string, got: string, expected: string, remedy: string): InvalidOptionsError {
  return new InvalidOptionsError({ where, got, expected, remedy });
}
