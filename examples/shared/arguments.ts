import { parseArgs } from 'node:util';
import { suggest } from '@pg/core';
import { describeArguments, listChoices } from './describe-arguments.js';

/** An option of an example: `--name value`, or `--name` alone where the default is false. Its default's type is its type. */
export interface ArgumentSpec {
  /** A number that is infinite, and an empty text, stand for none. */
  readonly default: number | string | boolean;
  readonly description: string;
  /** The least value of a number. */
  readonly least?: number;
  /** Whether a number has to be whole. */
  readonly whole?: boolean;
  /** What a text may be. */
  readonly choices?: readonly string[];
  /** Whether it belongs to the environment that is played, so that `--test` takes it from the run that the policy is of. */
  readonly environment?: boolean;
}

/** Options by name. */
export type ArgumentSpecs = Readonly<Record<string, ArgumentSpec>>;

/** The values of the options: of one with choices, one of these. */
export type Arguments<TSpecs extends ArgumentSpecs> = {
  readonly [K in keyof TSpecs]: TSpecs[K] extends { readonly choices: readonly (infer TChoice)[] } ? TChoice : Widen<TSpecs[K]['default']>;
};

type Widen<T> = T extends number ? number : T extends boolean ? boolean : string;

/** Values of some options. */
export type Preset<TSpecs extends ArgumentSpecs> = Partial<Arguments<TSpecs>>;

/** So many choices fit into a sentence. */
const FEW = 6;

/** What an example takes. */
export interface ArgumentDefinition<TSpecs extends ArgumentSpecs> {
  /** What the example does, for `--help`. */
  readonly purpose: string;
  readonly options: TSpecs;
  /** What `--preset` takes: other values of some options. */
  readonly presets?: Readonly<Record<string, Preset<TSpecs>>>;
  /** Values that stand before the defaults and presets, such as those of a run that is resumed; asked with what was given. */
  readonly remembered?: (given: Preset<TSpecs>) => Preset<TSpecs>;
}

/**
 * Reads the command line: what was given stands before what is remembered, that before the preset, that before the defaults. `--help`
 * prints the options and ends the program; a mistake is explained and ends it with code 1.
 */
export function parseArguments<const TSpecs extends ArgumentSpecs>({
  purpose,
  options,
  presets = {},
  remembered,
}: ArgumentDefinition<TSpecs>): Arguments<TSpecs> {
  const names = Object.keys(presets);
  const specs: ArgumentSpecs = names.length === 0 ? options : { ...options, preset: { default: '', choices: names, description: 'settings to start from' } };
  const given = readCommandLine(purpose, specs, presets);
  const defaults = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
  const memory = remembered?.(given as Preset<TSpecs>);
  return { ...defaults, ...presets[String(given.preset ?? memory?.preset)], ...memory, ...given } as Arguments<TSpecs>;
}

/** What the command line says, checked. */
function readCommandLine(purpose: string, specs: ArgumentSpecs, presets: object): Record<string, number | string | boolean> {
  const isFlag = (name: string) => name === 'help' || typeof specs[name]?.default === 'boolean';
  const options = Object.fromEntries(
    [...Object.keys(specs), 'help'].map((name) => [name, { type: isFlag(name) ? ('boolean' as const) : ('string' as const) }]),
  );
  const { values, tokens } = parseArgs({ args: process.argv.slice(2), options, strict: false, tokens: true });
  if (values.help) finish(`${purpose}\n\n${describeArguments(specs, presets)}`, 0);
  for (const token of tokens) {
    if (token.kind === 'positional') finish(`Unexpected "${token.value}". ${describeArguments(specs, presets)}`, 1);
    if (token.kind === 'option' && !(token.name in specs)) finish(unknown(token.name, Object.keys(specs)), 1);
  }
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, value(name, text, specs[name]!)]));
}

function value(name: string, given: unknown, spec: ArgumentSpec): number | string | boolean {
  if (typeof spec.default === 'boolean') return given === true ? true : finish(`--${name} takes no value: ${spec.description}.`, 1);
  if (typeof given !== 'string' || given === '') return finish(`--${name} needs a value: ${spec.description}.`, 1);
  if (typeof spec.default === 'string') return text(name, given, spec);
  const number = Number(given.replaceAll('_', ''));
  const fits = Number.isFinite(number) && number >= (spec.least ?? Number.NEGATIVE_INFINITY) && (!spec.whole || Number.isSafeInteger(number));
  const bound = spec.least === undefined ? '' : ` at least ${spec.least}`;
  return fits ? number : finish(`--${name}: got "${given}"; expected a ${spec.whole ? 'whole ' : ''}number${bound}: ${spec.description}.`, 1);
}

function text(name: string, given: string, { choices, description }: ArgumentSpec): string {
  if (choices === undefined || choices.includes(given)) return given;
  const near = suggest(given, choices);
  const expected = near !== undefined && choices.length > FEW ? 'one of those that --help lists' : listChoices(choices);
  return finish(`--${name}: got "${given}"; expected ${expected}: ${description}.${near === undefined ? '' : ` Did you mean "${near}"?`}`, 1);
}

function unknown(name: string, known: readonly string[]): string {
  const near = suggest(name, known);
  return `Unknown option --${name}. ${near ? `Did you mean --${near}?` : `There are: ${known.map((option) => `--${option}`).join(', ')}.`}`;
}

function finish(message: string, code: number): never {
  (code === 0 ? process.stdout : process.stderr).write(`${message}\n`);
  process.exit(code);
}
