import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<TOptions extends Options> = ReturnType<typeof parseArgs<{ options: TOptions }>>['values'];

const HELP = { help: { type: 'boolean', short: 'h', default: false } } as const;

/** What a program's command line may say. */
export interface CommandLine<TOptions extends Options> {
  /** What `--help` shows. */
  readonly usage: string;
  /** As `parseArgs` takes them, without `--help`. */
  readonly options: TOptions;
}

/** A command line that cannot be followed. */
export class UsageError extends Error {}

/** Runs a program with what its command line says. A mistake there ends it with code 1, a sentence and the usage. */
export async function runCommand<const TOptions extends Options>(
  { usage, options }: CommandLine<TOptions>,
  program: (values: Values<TOptions>) => void | Promise<void>,
): Promise<void> {
  try {
    const { help, ...values } = parse({ ...options, ...HELP });
    if (help) console.log(usage);
    else await program(values as Values<TOptions>);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 1;
  }
}

/** What `--name` was given, a whole number of at least 1. */
export function positiveInteger(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new UsageError(`--${name}: got "${text}"; expected a positive whole number.`);
  return number;
}

function parse(options: Options): Values<Options> {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
