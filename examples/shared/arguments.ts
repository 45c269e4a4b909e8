import { parseArgs } from 'node:util';
import { suggest } from '@pg/core';

/** An option of an example: `--name value`. Its default's type is its type. */
export interface ArgumentSpec {
  readonly default: number | string;
  readonly description: string;
  /** The least value of a number. */
  readonly least?: number;
  /** Whether a number has to be whole. */
  readonly whole?: boolean;
}

/** The values of the options. */
export type Arguments<TSpecs> = { readonly [K in keyof TSpecs]: TSpecs[K] extends { readonly default: number } ? number : string };

/** Reads the command line. `--help` prints the options and ends the program; a mistake is explained and ends it with code 1. */
export function parseArguments<const TSpecs extends Readonly<Record<string, ArgumentSpec>>>(purpose: string, specs: TSpecs): Arguments<TSpecs> {
  const args = process.argv.slice(2);
  const options = Object.fromEntries(
    [...Object.keys(specs), 'help'].map((name) => [name, { type: name === 'help' ? ('boolean' as const) : ('string' as const) }]),
  );
  const { values, tokens } = parseArgs({ args, options, strict: false, tokens: true });
  if (values.help) finish(`${purpose}\n\n${help(specs)}`, 0);
  for (const token of tokens) {
    if (token.kind === 'positional') finish(`Unexpected "${token.value}". ${help(specs)}`, 1);
    if (token.kind === 'option' && !(token.name in specs)) finish(unknown(token.name, Object.keys(specs)), 1);
  }
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, value(name, values[name], spec)])) as Arguments<TSpecs>;
}

function value(name: string, given: unknown, spec: ArgumentSpec): number | string {
  if (given === undefined) return spec.default;
  if (typeof given !== 'string' || given === '') return finish(`--${name} needs a value: ${spec.description}.`, 1);
  if (typeof spec.default === 'string') return given;
  const number = Number(given.replaceAll('_', ''));
  const fits = Number.isFinite(number) && number >= (spec.least ?? Number.NEGATIVE_INFINITY) && (!spec.whole || Number.isSafeInteger(number));
  const bound = spec.least === undefined ? '' : ` at least ${spec.least}`;
  return fits ? number : finish(`--${name}: got "${given}"; expected a ${spec.whole ? 'whole ' : ''}number${bound}: ${spec.description}.`, 1);
}

function unknown(name: string, known: readonly string[]): string {
  const near = suggest(name, known);
  return `Unknown option --${name}. ${near ? `Did you mean --${near}?` : `There are: ${known.map((option) => `--${option}`).join(', ')}.`}`;
}

function help(specs: Readonly<Record<string, ArgumentSpec>>): string {
  const line = (name: string, text: string) => `  --${name.padEnd(12)} ${text}`;
  const lines = Object.entries(specs).map(([name, spec]) => line(name, `${spec.description}${spec.default === '' ? '' : ` (default ${spec.default})`}`));
  return ['Options:', ...lines, line('help', 'show this')].join('\n');
}

function finish(message: string, code: number): never {
  (code === 0 ? process.stdout : process.stderr).write(`${message}\n`);
  process.exit(code);
}
