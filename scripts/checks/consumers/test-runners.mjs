import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../lib/run.mjs';
import { failOn } from '../check.mjs';
import { inProject } from './project.mjs';
import { installTools } from './tools.mjs';

const TEST = fileURLToPath(new URL('./programs/everything.test.js', import.meta.url));
const TOOLS = { vitest: '4.1.12', vite: '7.3.8', jsdom: '27.4.0', jest: '30.5.2', 'jest-environment-jsdom': '30.5.2' };
const MINUTES = 60_000;

/** How users run tests in a page that is none; jest as the readme says. */
const RUNNERS = [
  { name: 'Vitest', args: ['vitest/vitest.mjs', 'run', '--environment', 'jsdom', '--globals'], env: {} },
  { name: 'Jest', args: ['jest/bin/jest.js', '--env', 'jsdom', '--rootDir', '.'], env: { NODE_OPTIONS: '--experimental-vm-modules' } },
];

/**
 * A user's tests of a page: jsdom has globals of its own, whose `Uint8Array` may be another than Node's. All packages load there, train, and read files.
 *
 * @param {import('../check.mjs').Context} context
 * @returns {Promise<import('../check.mjs').Outcome>}
 */
export async function testRunners({ tarballs }) {
  const tools = await installTools('test-runners', TOOLS);
  if ('missing' in tools) return { note: `skipped: ${tools.missing}` };
  await inProject(tools.folder, await tarballs(), async (folder) => {
    copyFileSync(TEST, path.join(folder, 'everything.test.js'));
    const complaints = RUNNERS.map(async ({ name, args: [program = '', ...args], env }) => {
      const options = { cwd: folder, env, timeout: 2 * MINUTES, label: `${name} with jsdom` };
      return run(process.execPath, [path.join(tools.modules, program), ...args], options).then(
        () => [],
        (error) => [error.message],
      );
    });
    failOn((await Promise.all(complaints)).flat());
  });
  return { note: `${RUNNERS.map(({ name }) => name).join(' and ')} with jsdom` };
}
