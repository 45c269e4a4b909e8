import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { moduleFinders } from '../modules/module-finders.js';

const names = ['core', 'nn', 'envs', 'policies', 'algos', 'monitor'].map((name) => `@pg/${name}`);

/** The versions of our packages as the running program finds them; those that it does not have are left out. */
export function packageVersions(program: string | undefined): Record<string, string> {
  const finders = [...(program === undefined ? [] : [createRequire(program)]), ...moduleFinders()];
  const found = names.flatMap((name) => {
    const version = finders.map((require) => versionOf(require, name)).find((one) => one !== undefined);
    return version === undefined ? [] : [[name, version] as const];
  });
  return Object.fromEntries(found);
}

function versionOf(require: NodeJS.Require, name: string): string | undefined {
  try {
    return JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;
  } catch {
    return undefined;
  }
}
