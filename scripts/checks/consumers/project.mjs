import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pnpm } from '../../lib/pnpm.mjs';
import { run } from '../../lib/run.mjs';
import { root } from '../../lib/workspace.mjs';
import { CheckError } from '../check.mjs';
import { NPM_ENV } from './tools.mjs';

const MINUTES = 60_000;
/** A user's own settings of these would only make the checks slower. */
const QUIET = { ...NPM_ENV, npm_config_audit: 'false', npm_config_fund: 'false', npm_config_prefer_offline: 'true', npm_config_loglevel: 'error' };

/**
 * An empty folder of a user, whose package managers take `@pg` from where the packed packages are served.
 *
 * @param {string} folder
 * @param {string} registry
 */
export function emptyFolder(folder, registry) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, '.npmrc'), `@pg:registry=${registry}\n`);
}

/**
 * Runs a command of a readme in a user's folder, with npm or, the same command in its words, pnpm.
 *
 * @param {string} folder
 * @param {string} command - for example `npm install @pg/core`
 * @param {'npm' | 'pnpm'} [manager]
 */
export async function runCommand(folder, command, manager = 'npm') {
  const [program = '', ...args] = command.split(/\s+/);
  if (program === 'npm' && manager === 'pnpm')
    return pnpm(
      args.map((arg) => (arg === 'install' ? 'add' : arg)),
      { cwd: folder, env: QUIET },
    );
  const options = { cwd: folder, env: QUIET, shell: process.platform === 'win32', timeout: 5 * MINUTES, label: `${command}, as the readme says` };
  return run(program === 'node' ? process.execPath : program, args, options);
}

/**
 * The commands of a readme, without their comments: those of a section, or those before the first one.
 *
 * @param {string} readme - relative to the repository
 * @param {string} [heading]
 * @returns {string[]}
 */
export function commandsOf(readme, heading) {
  const [introduction = '', ...sections] = readFileSync(path.join(root, readme), 'utf8').split('\n## ');
  const section = heading === undefined ? introduction : (sections.find((text) => text.startsWith(`${heading}\n`)) ?? '');
  const blocks = [...section.matchAll(/^```sh\r?\n(.*?)^```/gms)].map((block) => block[1] ?? '');
  const commands = blocks.flatMap((block) => block.split('\n')).map((line) => line.replace(/ # .*$/, '').trim());
  if (commands.join('') === '') throw new CheckError(`${readme} has no commands ${heading === undefined ? 'at its beginning' : `under "${heading}"`}.`);
  return commands.filter(Boolean);
}
