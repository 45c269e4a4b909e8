import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from '../lib/run.mjs';
import { failOn } from './check.mjs';
import { inProject } from './consumers/project.mjs';
import { installTools } from './consumers/tools.mjs';
import { fetchRuntime } from './runtimes/fetch-runtime.mjs';

const TSX = { tsx: '4.23.15' };
/** What is fetched beside this Node. */
const RUNTIMES = /** @type {const} */ (['node-22', 'node-24']);
const programs = fileURLToPath(new URL('./ts-workers/programs', import.meta.url));
const TRAINED = JSON.stringify({ inTurns: true, inLockstep: 10, length: 16 });

/**
 * Workers import modules of TypeScript, by a loader in Node 22 and 24 and without one, and the error of Node 20 says what works there.
 *
 * @param {import('./check.mjs').Context} context
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function tsWorkers({ tarballs }) {
  const tools = await installTools('tsx', TSX);
  if ('missing' in tools) return { note: `skipped: ${tools.missing}` };
  /** @type {string[]} */
  const complaints = [];
  /** @type {string[]} */
  const notes = [];
  await inProject(tools.folder, await tarballs(), async (folder) => {
    cpSync(programs, folder, { recursive: true });
    for (const name of RUNTIMES) {
      const node = await fetchRuntime(name);
      if ('missing' in node) notes.push(`${name} skipped: ${node.missing}`);
      else complaints.push(...(await readsTypescript(node.file, folder)).map((complaint) => `${name}: ${complaint}`));
    }
    if (Number.parseInt(process.versions.node, 10) === 20) complaints.push(...(await saysWhatWorks(process.execPath, folder)));
  });
  failOn(complaints);
  return { note: ['tsx and none', ...notes].join('; ') };
}

/**
 * @param {string} node
 * @param {string} folder
 */
async function readsTypescript(node, folder) {
  const ways = {
    'with tsx': ['--import', 'tsx', 'main.ts', './agent.ts', './agent.ts'],
    'without a loader': ['--no-warnings', 'main.ts', './plain.ts', './plain.ts'],
  };
  const said = await Promise.all(Object.values(ways).map((args) => run(node, args, { cwd: folder })));
  const complaints = Object.keys(ways).map((way, i) => (said[i]?.trim() === TRAINED ? '' : `${way}, it says ${said[i]}`));
  return [...complaints.filter(Boolean), ...(await inherits(node, folder))];
}

/**
 * A loader may come from the environment.
 *
 * @param {string} node
 * @param {string} folder
 */
async function inherits(node, folder) {
  const said = await run(node, ['main.ts', './agent.ts', './agent.ts'], { cwd: folder, env: { NODE_OPTIONS: '--import tsx' } });
  return said.trim() === TRAINED ? [] : [`with tsx in NODE_OPTIONS, it says ${said}`];
}

/**
 * @param {string} node - Node 20
 * @param {string} folder
 */
async function saysWhatWorks(node, folder) {
  const refused = await run(node, ['--import', 'tsx', 'main.ts', './agent.ts', './agent.ts'], { cwd: folder });
  const registered = await run(node, ['--import', 'tsx', 'main.ts', './agent.ts', './registered.mjs'], { cwd: folder });
  const remedy = "import { register } from 'tsx/esm/api'; register(); export const { agent } = await import('./agent.ts');";
  return [
    ...(refused.includes(remedy) ? [] : [`Node 20 with tsx does not say "${remedy}": ${refused}`]),
    ...(registered.trim() === TRAINED ? [] : [`Node 20 with a module that registers tsx says ${registered}`]),
  ];
}
