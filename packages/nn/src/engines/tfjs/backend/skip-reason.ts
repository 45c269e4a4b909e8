import { describeThrown } from '@pg/core';

/** Why a backend cannot be used, as a sentence or two that also say what to do. */
export class SkipReason extends Error {
  override readonly name = 'SkipReason';
}

/** The reason for a package that could not be imported: it is not there, or it is broken. */
export function importFailure(name: string, error: unknown, alsoNeeds: readonly string[] = []): SkipReason {
  if (isAbsent(name, error)) return new SkipReason(`${name} is not installed. Run: npm install ${[name, ...alsoNeeds].join(' ')}`, { cause: error });
  return new SkipReason(`${name} is installed but does not load (${firstLine(error)}). Reinstall or remove it.`, { cause: error });
}

/** The reason for a native package that could not be imported, or failed at its first computation. */
export function nativeFailure(name: string, error: unknown, nodeVersion: string): SkipReason {
  if (isAbsent(name, error)) return importFailure(name, error);
  const message = firstLine(error);
  if (Number.parseInt(nodeVersion, 10) >= 23 && message.includes('isNullOrUndefined')) {
    const what = `${name} does not support Node ${nodeVersion}: it calls util.isNullOrUndefined, which Node 23 removed.`;
    return new SkipReason(`${what} Use Node 22 or 20, or another backend.`, { cause: error });
  }
  const what = `${name} is installed but does not work (${message}): the native library that its install script downloads may be missing.`;
  return new SkipReason(`${what} Run: npm rebuild ${name}, or remove the package.`, { cause: error });
}

/** The reason for a backend that was imported but does not compute. */
export function startFailure(name: string, error: unknown): SkipReason {
  return new SkipReason(`${name} is installed but does not compute here (${firstLine(error)}). Use another backend.`, { cause: error });
}

/** Whether an import failed because of the package itself, and not of something that the package imports. */
function isAbsent(name: string, error: unknown): boolean {
  const quoted = `['"]${name.replace(/[/.]/g, '\\$&')}['"]`;
  // Node, browsers, bundlers
  return new RegExp(`(cannot find (package|module)|failed to resolve (module specifier|import)|could not resolve) ${quoted}`, 'i').test(firstLine(error));
}

function firstLine(error: unknown): string {
  return describeThrown(error)
    .trim()
    .split('\n')[0]!
    .replace(/[.\s]+$/, '');
}
