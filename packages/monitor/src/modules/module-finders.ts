import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * What finds modules of the running program: from this module, and from the working directory, because a bundle may lie anywhere and know
 * nothing of the place that it came from. Bundlers see no name of a module here, so what is found need not be installed.
 */
export function moduleFinders(): readonly NodeJS.Require[] {
  const here: string | undefined = import.meta.url;
  const places = [...(here?.startsWith('file:') ? [here] : []), join(process.cwd(), 'package.json')];
  return places.map((place) => createRequire(place));
}

/** What a CommonJS file exports. */
export function loadModule(file: string): unknown {
  const [load] = moduleFinders();
  return load!(file);
}

/**
 * The path of a file of a package.
 *
 * @throws the error of the first finder, when none has it
 */
export function findModule(path: string): string {
  let first: unknown;
  for (const finder of moduleFinders()) {
    try {
      return finder.resolve(path);
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}
