import { parseArgs } from 'node:util';
import { suggest } from '@pg/core';
import { readCommandLine, wholeNumber } from './command-line.js';

/** A program that does something with named entries, each over some seeds: `NAME… [--seeds 5] [--first-seed 0]`. */
export interface SeedProgram<TEntry, TFlag extends string> {
  /** What `--help` shows. */
  readonly usage: string;
  /** What an entry is called. */
  readonly noun: string;
  readonly entries: readonly TEntry[];
  /** What the name `all` stands for. */
  readonly all: readonly TEntry[];
  /** Options without a value. */
  readonly flags: readonly TFlag[];
}

/** What such a program is asked for. */
export interface SeedCommand<TEntry, TFlag extends string> {
  /** In the order of the program's list. */
  readonly entries: readonly TEntry[];
  readonly flags: Readonly<Record<TFlag, boolean>>;
  /** The seeds that the command line names; so many where it does not say how many. */
  seeds(byDefault: number): readonly number[];
}

/** Reads the command line; where that asks for help or is wrong, says so, and there is nothing to do. */
export function seedCommand<TEntry extends { readonly name: string }, TFlag extends string>(
  program: SeedProgram<TEntry, TFlag>,
): SeedCommand<TEntry, TFlag> | undefined {
  const { usage } = program;
  if (process.argv.length > 2) return readCommandLine(usage, (args) => parseSeedCommand(program, args));
  console.log(usage);
  return undefined;
}

/**
 * Reads arguments.
 *
 * @throws Error that says in a sentence what is wrong
 */
export function parseSeedCommand<TEntry extends { readonly name: string }, TFlag extends string>(
  { noun, entries, all, flags }: SeedProgram<TEntry, TFlag>,
  args: readonly string[],
): SeedCommand<TEntry, TFlag> {
  const options = {
    ...Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' }] as const)),
    seeds: { type: 'string' },
    'first-seed': { type: 'string' },
  };
  const { values, positionals } = parseArgs({ args: [...args], options: options as Record<string, { type: 'boolean' | 'string' }>, allowPositionals: true });
  const names = entries.map(({ name }) => name);
  for (const name of positionals) if (name !== 'all' && !names.includes(name)) throw new Error(`There is no ${noun} "${name}".${didYouMean(name, names)}`);
  if (positionals.length === 0) throw new Error(`Name a ${noun}.`);
  const count = values.seeds === undefined ? undefined : wholeNumber('seeds', String(values.seeds));
  const first = wholeNumber('first-seed', String(values['first-seed'] ?? 0), Number.MIN_SAFE_INTEGER);
  const chosen = (entry: TEntry) => positionals.includes(entry.name) || (positionals.includes('all') && all.includes(entry));
  return {
    entries: entries.filter(chosen),
    flags: Object.fromEntries(flags.map((flag) => [flag, values[flag] === true])) as Record<TFlag, boolean>,
    seeds: (byDefault) => Array.from({ length: count ?? byDefault }, (_, i) => first + i),
  };
}

function didYouMean(name: string, names: readonly string[]): string {
  const near = suggest(name, names);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}
