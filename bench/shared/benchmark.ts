import type { Machine } from './machine.js';

/** How much to repeat. */
export interface Effort {
  /** Repetitions of each side. */
  readonly repetitions: number;
  /** The least time of one repetition of one side. */
  readonly seconds: number;
}

/** What every row has. */
export interface NamedRow {
  /** What `--only` takes. */
  readonly name: string;
}

/** A table of measurements, as a program. */
export interface Benchmark<TRow extends NamedRow, TMeasured> {
  /** The URL of the program's main file. */
  readonly program: string;
  /** What `--help` shows. */
  readonly usage: string;
  readonly rows: readonly TRow[];
  /** The least seconds of a repetition, with `--smoke` and without. */
  readonly seconds: { readonly smoke: number; readonly full: number };
  measure(row: TRow, effort: Effort): TMeasured | Promise<TMeasured>;
  /** The first lines of the table. */
  heading(machine: Machine): string;
  tableRow(row: TRow, measured: TMeasured): string;
  /** All results for programs. */
  toJson(machine: Machine, results: readonly (readonly [TRow, TMeasured])[]): string;
}
