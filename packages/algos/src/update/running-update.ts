import { InvalidOptionsError } from '@pg/core';
import type { PlayedRollouts } from '../rollouts/played-rollouts.js';
import { type Answer, type Ask, collective, forgetOpen, type Request, requireNoneOpen } from './ask.js';
import { hashOf } from './label.js';

/** What is told to one part of a batch. */
interface PartHeader {
  /** How far the run is, 0 to 1. */
  readonly progress: number;
  /** Whether a round that has ended is followed by a new one. */
  readonly begins: boolean;
  /** Whether the runner has taken in the rollout before. */
  readonly isTakenIn: boolean;
}

/** The parts of an algorithm's update at work on one part of a batch. */
export interface UpdateParts {
  /** The update of the definition. */
  readonly update: (setting: never) => Generator<Ask, object, unknown>;
  readonly rollouts: PlayedRollouts;
  /** The options, with the values of schedules overwritten by each update. */
  readonly options: object;
  readonly state: unknown;
  /** The number of environments of the whole batch. */
  readonly numEnvs: number;
  /** Whether every rollout has the same number of steps, so that no part has to ask how many count. */
  readonly isFixedLength: boolean;
  /** Told anew before each advance: its properties are getters. */
  readonly header: PartHeader;
  /** Writes the values of schedules into the options of an update that begins. */
  readonly schedule: (options: Record<string, number>) => void;
  /** Notes that a rollout was played. */
  readonly played: (steps: number) => void;
}

/** An update of one part of a batch: a generator that is advanced from ask to ask. */
export class RunningUpdate {
  readonly #parts: UpdateParts;
  readonly #setting: object;
  #generator: Generator<Ask, object, unknown> | undefined;

  constructor(parts: UpdateParts) {
    this.#parts = parts;
    const { header, options, state } = parts;
    this.#setting = {
      collect: () => collective('collect', () => this.#collect()),
      options,
      state,
      get progress() {
        return header.progress;
      },
    };
  }

  /** Begins an update anew, whatever the last one was at. */
  begin(): void {
    this.abandon();
    forgetOpen();
    const { update, options, schedule } = this.#parts;
    schedule(options as Record<string, number>);
    this.#generator = update(this.#setting as never);
  }

  /** Goes on to the next ask, or to the metrics at the end. */
  advance(answer: Answer | undefined): { readonly request: Request; readonly metrics?: never } | { readonly metrics: object; readonly request?: never } {
    const generator = this.#generator!;
    const { done, value } = generator.next(answer);
    if (!done) return { request: requireRequest(value) };
    this.#generator = undefined;
    requireNoneOpen();
    return { metrics: value };
  }

  /** Ends an update that has failed elsewhere. */
  abandon(): void {
    const generator = this.#generator;
    this.#generator = undefined;
    try {
      generator?.return({});
    } catch {
      // the first failure is the one to tell
    }
  }

  *#collect() {
    const { rollouts, header, played, isFixedLength, numEnvs } = this.#parts;
    // a runner keeps one rollout's episodes at a time
    if (!header.isTakenIn) yield { '~ask': 'collect', label: hashOf('before'), numbers: [], moments: [] } satisfies Request as Request;
    const { length, steps } = rollouts.play(header.begins);
    played(steps);
    if (isFixedLength) return rollouts.rollout(length, length * numEnvs);
    const answer = (yield { '~ask': 'collect', label: hashOf('steps'), numbers: [steps], moments: [] } satisfies Request as Request) as Answer;
    return rollouts.rollout(length, answer.numbers[0]!);
  }
}

function requireRequest(value: Ask): Request {
  if (typeof value === 'object' && value !== null && Array.isArray((value as Request).numbers)) {
    requireNoneOpen();
    return value as Request;
  }
  forgetOpen();
  throw new InvalidOptionsError({
    where: 'update',
    got: 'a yield of something else than an ask',
    expected: 'yield* collect(), yield* total(…), yield* descend(…) or a collective made of them',
    remedy: 'Write yield* in place of yield.',
  });
}
