import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../lib/run.mjs';
import { failOn } from '../check.mjs';
import { inProject } from './project.mjs';
import { installTools } from './tools.mjs';

const PROGRAM = fileURLToPath(new URL('./programs/next/', import.meta.url));
const TOOLS = { next: '16.4.6', react: '19.2.0', 'react-dom': '19.2.0' };
const MINUTES = 60_000;

/**
 * Next builds a server component that trains and draws, without the optional packages of the monitor; the page that comes of it shows what it did.
 *
 * @param {import('../check.mjs').Context} context
 * @returns {Promise<import('../check.mjs').Outcome>}
 */
export async function nextBuild({ tarballs }) {
  const tools = await installTools('next', TOOLS);
  if ('missing' in tools) return { note: `skipped: ${tools.missing}` };
  await inProject(tools.folder, await tarballs(), async (folder) => {
    cpSync(PROGRAM, folder, { recursive: true });
    const next = path.join(tools.modules, 'next/dist/bin/next');
    const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: undefined };
    await run(process.execPath, [next, 'build'], { cwd: folder, env, timeout: 4 * MINUTES, label: 'next build' });
    const page = readFileSync(path.join(folder, '.next/server/app/index.html'), 'utf8');
    failOn(['data-steps="20"', 'a curve'].filter((text) => !page.includes(text)).map((text) => `The page that Next built has no ${text}.`));
  });
  return { note: `Next ${TOOLS.next}` };
}
