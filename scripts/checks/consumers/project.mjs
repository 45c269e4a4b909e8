import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pnpm } from '../../lib/pnpm.mjs';
import { run } from '../../lib/run.mjs';
import { root } from '../../lib/workspace.mjs';
import { CheckError } from '../check.mjs';
import { serveTarballs } from './registry.mjs';
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
 * Has something done in a project with all packages, whose program finds other people's tools in the folder around it. The project is gone afterwards.
 *
 * @param {string} tools - the folder that has the tools
 * @param {import('../check.mjs').Tarball[]} packed
 * @param {(folder: string) => Promise<void>} work
 */
export async function inProject(tools, packed, work) {
  const folder = mkdtempSync(path.join(tools, 'project-'));
  const registry = await serveTarballs(packed);
  try {
    emptyFolder(folder, registry.url);
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    await runCommand(folder, `npm install ${packed.map(({ name }) => name).join(' ')}`);
    await work(folder);
  } finally {
    registry.close();
    rmSync(folder, { recursive: true, force: true });
  }
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
 * The install line of a package: the commands of its readme before the first section.
 *
 * @param {string} readme - relative to the repository
 * @returns {string[]}
 */
export function commandsOf(readme) {
  const commands = stepsOf(readme).flatMap(({ language, text }) => (language === 'sh' ? commandsIn(text) : []));
  if (commands.length === 0) throw new CheckError(`${readme} does not begin with how to install the package.`);
  return commands;
}

/**
 * The blocks of code of a readme in their order: those of a section, or those before the first one.
 *
 * @param {string} readme - relative to the repository
 * @param {string} [heading]
 * @returns {{ language: string, text: string }[]}
 */
export function stepsOf(readme, heading) {
  const [introduction = '', ...sections] = readFileSync(path.join(root, readme), 'utf8').split('\n## ');
  const section = heading === undefined ? introduction : (sections.find((text) => text.startsWith(`${heading}\n`)) ?? '');
  return [...section.matchAll(/^```(\w+)\r?\n(.*?)^```/gms)].map(([, language = '', text = '']) => ({ language, text }));
}

/**
 * @param {string} block - lines of a shell
 * @returns {string[]} its commands, without comments
 */
export function commandsIn(block) {
  return block
    .split('\n')
    .map((line) => line.replace(/ # .*$/, '').trim())
    .filter(Boolean);
}
