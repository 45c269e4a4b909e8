import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Writes a program that exports what every function of some packages takes and gives, so that a compiler which writes declarations has to name each of
 * these types: one that a package does not export, or that lies in a package which the user has not installed, is an error.
 *
 * @param {string} folder - with the packages installed
 * @param {import('../check.mjs').Tarball[]} packed
 * @returns {Promise<string>} the name of the file
 */
export async function everyExport(folder, packed) {
  const entries = await Promise.all(packed.flatMap((tarball) => entriesOf(folder, tarball)));
  const imports = entries.map(({ specifier }, at) => `import * as entry${at} from '${specifier}';`);
  const exported = entries.flatMap(({ functions }, at) =>
    functions.flatMap((name) => [
      `export const parameters_${at}_${name} = parametersOf(entry${at}.${name});`,
      `export const result_${at}_${name} = resultOf(entry${at}.${name});`,
    ]),
  );
  const helpers = [
    'declare function parametersOf<TParameters extends unknown[]>(of: (...parameters: TParameters) => unknown): TParameters;',
    'declare function resultOf<TResult>(of: (...parameters: never[]) => TResult): TResult;',
  ];
  const unused = entries.map((_, at) => `void entry${at};`);
  writeFileSync(path.join(folder, 'every-export.ts'), [...imports, ...helpers, ...unused, ...exported, ''].join('\n'));
  return 'every-export.ts';
}

/**
 * @param {string} folder
 * @param {import('../check.mjs').Tarball} tarball
 */
function entriesOf(folder, { name, entries }) {
  const { exports } = JSON.parse(String(entries.get('package.json')));
  const subpaths = Object.keys(exports).filter((subpath) => exports[subpath].types !== undefined);
  return subpaths.map(async (subpath) => {
    const file = path.join(folder, 'node_modules', name, exports[subpath].default);
    const members = Object.entries(await import(pathToFileURL(file).href));
    const functions = members.filter(([, value]) => typeof value === 'function' && !/^class\b/.test(String(value)));
    return { specifier: path.posix.join(name, subpath), functions: functions.map(([member]) => member) };
  });
}
