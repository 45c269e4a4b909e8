import type { Schedule } from '@pg/core';
import * as z from 'zod/mini';
import type { ValueLossKind } from '../losses/value-loss.js';
import * as common from '../training/common-options.js';

/** An option of an algorithm: its check and its default. `TGiven` is the type that users set, `TUsed` the one that an update sees. */
export interface Option<TGiven, TUsed = TGiven> {
  /** The type that users set. */
  readonly '~given': TGiven;
  /** The type that an update sees. */
  readonly '~used': TUsed;
}

/** An option that may be a schedule: an update sees its number, and every update's record reports it under its name. */
export interface ScheduledOption extends Option<number | Schedule, number> {
  /** Marks it. */
  readonly '~scheduled': true;
}

/** The options of an algorithm by their names. */
export type OptionShape = Readonly<Record<string, Option<unknown, unknown>>>;

/** An option as the library sees it. */
class OptionKind {
  declare readonly '~given': never;
  declare readonly '~used': never;
  declare readonly '~scheduled': true;
  /** A schema of zod, which fills in the default. */
  readonly schema: unknown;
  readonly isScheduled: boolean;
  /** Whether a run that goes on from a checkpoint has to keep it. */
  readonly isFixed: boolean;

  constructor(schema: unknown, { isScheduled = false, isFixed = false } = {}) {
    this.schema = schema;
    this.isScheduled = isScheduled;
    this.isFixed = isFixed;
  }
}

/** The library's view of an option. */
export function kindOf(option: Option<unknown, unknown>): OptionKind {
  return option as unknown as OptionKind;
}

function option<T>(schema: unknown): Option<T> {
  return new OptionKind(schema) as unknown as Option<T>;
}

/** A number in [0, 1], such as a discount. */
export function fraction(byDefault: number): Option<number> {
  return option(z._default(common.fraction, byDefault));
}

/** A whole number of at least 1. */
export function count(byDefault: number): Option<number>;
export function count(): Option<number | undefined>;
export function count(byDefault?: number): Option<number> | Option<number | undefined> {
  return byDefault === undefined ? option<number | undefined>(z.optional(common.count)) : option<number>(z._default(common.count, byDefault));
}

/** A number of at least 0, such as the weight of a loss. */
export function weight(byDefault: number): Option<number> {
  return option(z._default(common.weight, byDefault));
}

/** A number greater than 0, or Infinity for no limit. */
export function limit(byDefault: number): Option<number> {
  return option(z._default(common.gradientLimit, byDefault));
}

/** True or false. */
export function flag(byDefault: boolean): Option<boolean> {
  return option(z._default(z.boolean(), byDefault));
}

/** One of several words, or false. */
export function oneOf<const T extends readonly (string | boolean)[]>(choices: T, byDefault: T[number]): Option<T[number]> {
  const shown = choices.map((choice) => (typeof choice === 'string' ? `'${choice}'` : String(choice)));
  const words = choices.every((choice) => typeof choice === 'string');
  const error = shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
  const schema = words ? z.enum(choices as readonly string[]) : z.custom<T[number]>((value) => choices.includes(value as T[number]), { error });
  return option(z._default(schema as never, byDefault as never));
}

/** A number of at least 0, or a schedule over the run's progress. */
export function scheduled(byDefault: number | Schedule): ScheduledOption {
  // a function would be called for the default
  const schema = z._default(common.scheduled, () => byDefault as number);
  return new OptionKind(schema, { isScheduled: true }) as unknown as ScheduledOption;
}

/** The critic's loss: `'squared'`, ½e², or Huber's loss `{ huber: δ }`. */
export function valueLossKind(byDefault: ValueLossKind): Option<ValueLossKind> {
  return option(z._default(common.valueLossKind, byDefault));
}

/** The same option, which a run that goes on from a checkpoint cannot change. */
export function fixed<TOption extends Option<unknown, unknown>>(option: TOption): TOption {
  const { schema, isScheduled } = kindOf(option);
  return new OptionKind(schema, { isScheduled, isFixed: true }) as unknown as TOption;
}
