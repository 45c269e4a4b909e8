import { BusyError, DisposedError, describeValue, InvalidOptionsError, nextEventLoopTurn, parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import type { TrainOptions, Update } from '../learner/learner.js';
import { abortSignal } from './common-options.js';

const schema = z.strictObject({
  steps: z.int().check(z.gte(1)),
  until: z.optional(z.custom<(update: Update) => boolean>((value) => typeof value === 'function', { error: 'a function (update) => boolean' })),
  signal: z.optional(abortSignal),
  horizon: z.optional(z.int().check(z.gte(1))),
});

/** What `until` says, at once: any promise would count as true. */
function answerOf(answer: unknown): boolean {
  if (typeof answer === 'boolean') return answer;
  throw new InvalidOptionsError({
    where: 'learner.train',
    got: `${describeValue(answer)} from until`,
    expected: 'true or false, at once',
    remedy: 'Return a boolean. What has to be awaited belongs into the loop: for await (const update of learner.train(…)) if (await …) break.',
  });
}

/** What an algorithm gives the loop. */
export interface TrainingSteps<TUpdate extends Update> {
  /** Environment steps so far. */
  readonly step: () => number;
  /** Makes updates until the steps are there, or the signal fires; left early, it has stopped when `return` resolves. */
  readonly updates: (leg: TrainingLeg) => AsyncGenerator<TUpdate, void, undefined>;
}

/** A part of a run: what one call of `train` asks for. */
export interface TrainingLeg {
  /** Environment steps in all, at which it ends. */
  readonly goal: number;
  /** Environment steps in all, at which schedules end. */
  readonly horizon: number;
  readonly signal: AbortSignal | undefined;
  /** Throws once the learner is disposed. */
  assertAlive(): void;
}

/** What an algorithm makes its updates one by one of, in the thread of whoever asks for them. */
export interface SingleUpdates<TUpdate extends Update> {
  /** Environment steps so far. */
  readonly step: () => number;
  /** Makes one update. Progress goes from 0 to 1 over the schedules' horizon. */
  readonly update: (progress: number) => TUpdate;
}

/** Steps of a training loop that are made when they are asked for. */
export function oneByOne<TUpdate extends Update>({ step, update }: SingleUpdates<TUpdate>): TrainingSteps<TUpdate> {
  return {
    step,
    async *updates({ goal, horizon, signal, assertAlive }) {
      while (step() < goal && !signal?.aborted) {
        assertAlive();
        yield update(Math.min(1, step() / horizon));
        await nextEventLoopTurn();
      }
    },
  };
}

/**
 * Runs an algorithm's updates: counts steps towards a goal, gives the event loop its turns, stops on a signal, and lets one
 * caller at a time.
 */
export class TrainingLoop<TUpdate extends Update> {
  readonly #steps: TrainingSteps<TUpdate>;
  /** What the finished calls were asked to reach. Goals add up, so `train(n)` twice makes the same updates as `train(2n)`. */
  #reached = 0;
  /** Where the call that is running ends. */
  #goal = 0;
  #running = false;
  #disposed = false;

  constructor(steps: TrainingSteps<TUpdate>) {
    this.#steps = steps;
  }

  /** See `Learner.train`. */
  train(options: TrainOptions<TUpdate>): AsyncGenerator<TUpdate, void, undefined> {
    this.assertAlive('train');
    const parsed = parseOptions('learner.train', schema, options);
    this.#goalOf(parsed);
    return this.#run(parsed);
  }

  /** Refuses any use after `dispose`. */
  assertAlive(method: string): void {
    if (!this.#disposed) return;
    throw new DisposedError({
      where: `learner.${method}`,
      got: 'a learner after dispose()',
      expected: 'a live learner',
      remedy: 'Build it again; a saved policy can be loaded with loadPolicy.',
    });
  }

  /** What the calls so far were asked to reach, as if one that is running were left now. */
  get reached(): number {
    return this.#running ? Math.min(this.#goal, this.#steps.step()) : this.#reached;
  }

  set reached(steps: number) {
    this.#reached = steps;
  }

  /** Ends the loop before its next update. */
  dispose(): void {
    this.#disposed = true;
  }

  /** Where a call that starts now ends. */
  #goalOf({ steps, horizon }: z.infer<typeof schema>): number {
    const goal = this.#reached + steps;
    if (horizon === undefined || horizon >= goal) return goal;
    throw new InvalidOptionsError({
      where: 'learner.train',
      got: `horizon: ${describeValue(horizon)}`,
      expected: `at least ${goal}, where this call ends`,
      remedy: 'Give the steps of the whole run, counted from its beginning.',
    });
  }

  async *#run(options: z.infer<typeof schema>): AsyncGenerator<TUpdate, void, undefined> {
    if (this.#running) {
      throw new BusyError({
        where: 'learner.train',
        got: 'a second loop over one learner',
        expected: 'one at a time',
        remedy: 'Leave the first loop before starting another.',
      });
    }
    // Counted from here, not from the call: another loop may have run since.
    const goal = this.#goalOf(options);
    const { signal, until, horizon = goal } = options;
    this.#goal = goal;
    this.#running = true;
    try {
      for await (const update of this.#steps.updates({ goal, horizon, signal, assertAlive: () => this.assertAlive('train') })) {
        const last = until !== undefined && answerOf(until(update));
        yield update;
        if (last) return;
      }
    } finally {
      this.#reached = this.reached;
      this.#running = false;
    }
  }
}
