import { InvalidOptionsError } from '@pg/core';
import type { TrainableNetwork } from '@pg/nn';
import type { RunPlan } from '../definition/plan-run.js';
import type { Reduction } from '../losses/policy-gradient-loss.js';
import type { Shards } from '../shards/shards.js';
import { GradientMerge } from '../training/gradient-merge.js';
import { optimize } from '../training/optimize.js';
import type { Tally } from '../training/tally.js';
import type { AskKind } from '../update/ask.js';
import { mergeRequests } from '../update/total.js';
import type { Update } from './learner.js';

/** The parts that updates are made of. */
export interface LockstepParts {
  readonly plan: RunPlan;
  readonly shards: Shards;
  readonly tally: Tally;
  /** The run's network, which makes the steps. */
  readonly network: TrainableNetwork;
}

/** The learner's side of updates: has all shards advance from ask to ask, merges what they ask for in their order, and answers. */
export class Lockstep {
  readonly #parts: LockstepParts;
  /** Merges gradients that make one step together. */
  #merge: { readonly gradients: GradientMerge; readonly of: number; readonly reduction: Reduction } | undefined;
  /** The number of gradients that wait for others. */
  #accumulated = 0;
  #gradientNorms = 0;
  #steps = 0;

  constructor(parts: LockstepParts) {
    this.#parts = parts;
  }

  /** Whether the next update may make several steps: it has minibatches, or the one before did, or there was none. */
  get manySteps(): boolean {
    return this.#parts.plan.play.minibatch !== undefined || this.#steps !== 1;
  }

  /**
   * Makes one update.
   *
   * @param now - the values of the schedules
   */
  update(now: Readonly<Record<string, number>>, progress: number): Update {
    const { plan, tally } = this.#parts;
    this.#begin(
      plan.scheduled.map((name) => now[name]!),
      progress,
    );
    for (;;) {
      this.#advance();
      if (this.#agreed() === 'return') break;
      this.#answer(now.learningRate!);
    }
    this.#requireNoneLeft();
    const gradientNorm = this.#gradientNorms / Math.max(1, this.#steps);
    return { ...tally.finishUpdate(), ...this.#metrics(), gradientNorm, ...now } as Update;
  }

  #begin(schedules: readonly number[], progress: number): void {
    this.#gradientNorms = 0;
    this.#steps = 0;
    this.#accumulated = 0;
    for (const { header, schedules: values } of this.#parts.shards.mails) {
      header.progress = progress;
      header.collected = 0;
      values.set(schedules);
    }
  }

  /** Advances all shards, and takes in the rollouts that they have played. */
  #advance(): void {
    const { shards, tally } = this.#parts;
    const { mails } = shards;
    const begins = mails.every(({ header }) => header.playing === 0) ? 1 : 0;
    for (const { header } of mails) header.begins = begins;
    shards.advance();
    if (mails[0]!.header.collected === 0) return;
    tally.add(mails);
    for (const { header } of mails) header.collected = 0;
  }

  /** The kind of ask that all shards agree in. */
  #agreed(): AskKind | 'return' {
    const { mails } = this.#parts.shards;
    const { kind, label } = mails[0]!.header;
    if (mails.every(({ header }) => header.kind === kind && header.label === label)) return mails[0]!.kind;
    const kinds = [...new Set(mails.map((mail) => (mail.kind === 'return' ? 'the end' : mail.kind)))];
    throw new InvalidOptionsError({
      where: this.#parts.plan.settings.algorithm,
      got: `parts of one update that went different ways, to ${kinds.join(' and to ')}`,
      expected: 'the same collectives in all parts',
      remedy: 'Let branches depend on numbers of the whole batch, such as those of total() and descend().',
    });
  }

  /** Answers what was asked: with the whole of it, after a step where it is asked for. */
  #answer(learningRate: number): void {
    const { mails } = this.#parts.shards;
    const [first] = mails;
    const isStep = first!.kind === 'descend';
    if (mails.length === 1) {
      first!.answerItself(isStep && this.#step(learningRate));
      return;
    }
    const whole = mergeRequests(mails.map((mail) => mail.asked));
    const stepped = isStep && this.#step(learningRate);
    for (const mail of mails) mail.answer({ ...whole, stepped });
  }

  /** Takes in a gradient, and makes a step where there are enough; returns whether it has. */
  #step(scheduledRate: number): boolean {
    const { plan, shards, network } = this.#parts;
    const { accumulate, reduction, learningRate = scheduledRate } = shards.mails[0]!.step;
    shards.sumGradients();
    if (accumulate > 1 && !this.#accumulate(accumulate, reduction)) return false;
    this.#gradientNorms += optimize(network, { ...plan.options, learningRate });
    this.#steps += 1;
    return true;
  }

  /** Takes in one of several gradients; with the last of them their mean or sum takes the place of the network's. */
  #accumulate(of: number, reduction: Reduction): boolean {
    if (this.#merge?.of !== of || this.#merge.reduction !== reduction) {
      this.#merge = { gradients: new GradientMerge(this.#parts.network, of, reduction), of, reduction };
    }
    const { gradients } = this.#merge;
    if (this.#accumulated === 0) gradients.begin();
    gradients.add();
    this.#accumulated += 1;
    if (this.#accumulated < of) return false;
    gradients.write();
    this.#accumulated = 0;
    return true;
  }

  /** The metrics that the updates have returned, which all shards have computed from the same numbers. */
  #metrics(): Record<string, number> {
    const { mails, metricNames } = this.#parts.shards;
    const metrics: Record<string, number> = {};
    let odd: string | undefined;
    metricNames.forEach((name, i) => {
      const value = mails[0]!.numberAt(i);
      metrics[name] = value;
      if (mails.some((mail) => !Object.is(mail.numberAt(i), value))) odd ??= name;
    });
    if (odd === undefined) return metrics;
    throw new InvalidOptionsError({
      where: this.#parts.plan.settings.algorithm,
      got: `a metric "${odd}" that differs between parts of the batch`,
      expected: 'a number of the whole batch',
      remedy: `Return a number of total() or descend(), for example yield* total({ ${odd} }).`,
    });
  }

  #requireNoneLeft(): void {
    if (this.#accumulated === 0) return;
    throw new InvalidOptionsError({
      where: this.#parts.plan.settings.algorithm,
      got: `an update that ended after ${this.#accumulated} of ${this.#merge?.of} accumulated gradients`,
      expected: 'a step of the optimiser at its end',
      remedy: 'Call descend with accumulate as often as it says.',
    });
  }
}
