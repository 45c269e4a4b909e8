import type { ArgumentSpec, ArgumentSpecs } from './arguments.js';

/** The widest line where there is no terminal, and on one that is wider than reads well. */
const WIDEST = 120;
/** On a terminal that is narrower than this, lines are broken by the terminal. */
const NARROWEST = 60;

/** What `--help` says of options and presets, in lines that fit the terminal. */
export function describeArguments(specs: ArgumentSpecs, presets: object): string {
  const options = Object.entries(specs).map(([name, spec]): Entry => [name, `${spec.description}${describeDefault(spec)}`]);
  const settings = Object.entries(presets).map(([name, preset]): Entry => [`preset ${name}`, describePreset(preset)]);
  return [section('Options', [...options, ['help', 'show this']]), ...(settings.length > 0 ? [section('Presets', settings)] : [])].join('\n\n');
}

type Entry = readonly [name: string, text: string];

function section(title: string, entries: readonly Entry[]): string {
  const column = Math.max(...entries.map(([name]) => name.length)) + '  --  '.length;
  const width = Math.max(NARROWEST, Math.min(WIDEST, process.stdout.columns ?? WIDEST)) - column;
  const lines = entries.map(([name, text]) => `  --${name}`.padEnd(column) + wrap(text, width).join(`\n${' '.repeat(column)}`));
  return [`${title}:`, ...lines].join('\n');
}

/** The words of a text in lines of at most so many characters, where words allow it. */
function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (longer.length <= width || lines.at(-1) === '') lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function describeDefault({ default: byDefault, choices }: ArgumentSpec): string {
  const among = choices === undefined ? '' : `: ${listChoices(choices)}`;
  const none = byDefault === '' || byDefault === false || (typeof byDefault === 'number' && !Number.isFinite(byDefault));
  return none ? among : `${among} (default ${describeValue(byDefault)})`;
}

/** A value as it can be typed: 1_000_000. */
function describeValue(value: unknown): string {
  return Number.isInteger(value) && Math.abs(value as number) >= 10_000 ? (value as number).toLocaleString('en-US').replaceAll(',', '_') : String(value);
}

/** "a or b", "a, b, c or d". */
export function listChoices(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

function describePreset(preset: object): string {
  return Object.entries(preset)
    .map(([name, setting]) => (setting === true ? `--${name}` : `--${name} ${describeValue(setting)}`))
    .join(' ');
}
