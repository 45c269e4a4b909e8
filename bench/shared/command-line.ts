/** Reads the command line. Where it asks for help, or cannot be parsed, that is said, and there is nothing to do. */
export function readCommandLine<T>(usage: string, parse: (args: string[]) => T): T | undefined {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    return undefined;
  }
  try {
    return parse(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exitCode = 1;
    return undefined;
  }
}

/**
 * What `--name` was given.
 *
 * @throws Error unless it is a whole number of at least `least`
 */
export function wholeNumber(name: string, text: string, least = 1): number {
  const number = Number(text);
  if (text !== '' && Number.isSafeInteger(number) && number >= least) return number;
  throw new Error(`--${name}: got "${text}"; expected a ${least > 0 ? 'positive ' : ''}whole number.`);
}
