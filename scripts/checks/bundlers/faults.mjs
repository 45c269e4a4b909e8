import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { withPage } from '../launch-chromium.mjs';
import { ISOLATION, serveFolder } from './serve-folder.mjs';

const root = fileURLToPath(new URL('./page', import.meta.url));

/** What an error has to say, and what it must not. */
const EXPECTED = {
  missing: ['nowhere.js, which this page cannot load: the server answers 404;', 'startWorker: () => new Worker('],
  video: ['agent.ts, which this page cannot load: the server says that it is of the type video/mp2t, which the ending .ts is taken for;'],
  inlined: [
    'module data:video/mp2t;base64,… (',
    'which this page cannot load: a bundler has put it into the page as data of the type video/mp2t, which the ending .ts is taken for;',
  ],
  own: ['a3c: got a worker of startWorker that was not started: its file is not there, or is not served as JavaScript', 'serveWorker(agent)'],
  nothing: ['a3c: got a worker of startWorker that was not started: ', 'no licence'],
};

/** The same for headers of the page. @type {[string, Record<string, string>, string[]][]} */
const HEADERS = [
  ['blob', { ...ISOLATION, 'content-security-policy': "worker-src 'self'" }, ["the page's Content-Security-Policy forbids it: worker-src does not allow blob"]],
  ['blob', {}, ['got a page that is not cross-origin isolated;', 'Cross-Origin-Opener-Policy: same-origin']],
];

/**
 * @param {string} chromium
 * @param {string} folder - made for the page
 * @returns {Promise<string[]>} what errors do not say
 */
export async function faultsIn(chromium, folder) {
  mkdirSync(folder, { recursive: true });
  const entryPoints = ['faults.ts', 'agent.ts'].map((name) => path.join(root, name));
  await esbuild.build({ entryPoints, outdir: folder, bundle: true, format: 'esm', logLevel: 'silent' });
  copyFileSync(path.join(root, 'agent.ts'), path.join(folder, 'agent.ts'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><link rel="icon" href="data:,"><script type="module" src="./faults.js"></script>');
  const faults = [...Object.entries(EXPECTED).map(([name, said]) => /** @type {const} */ ([name, ISOLATION, said])), ...HEADERS];
  /** @type {string[]} */
  const complaints = [];
  await withPage(chromium, async (page) => {
    for (const [fault, headers, said] of faults) complaints.push(...complaintsOf(await messageOf(page, { folder, fault, headers }), fault, said));
  });
  return complaints;
}

/**
 * @param {string} message
 * @param {string} fault
 * @param {readonly string[]} said
 */
function complaintsOf(message, fault, said) {
  const missing = said.filter((words) => !message.includes(words));
  return [
    ...(missing.length > 0 ? [`${fault}: the error does not say "${missing.join('", "')}": ${message.slice(0, 600)}`] : []),
    ...(message.length > 1000 ? [`${fault}: the error has ${message.length} characters`] : []),
  ];
}

/**
 * @param {import('playwright-core').Page} page
 * @param {{ folder: string, fault: string, headers: Record<string, string> }} fault
 * @returns {Promise<string>}
 */
async function messageOf(page, { folder, fault, headers }) {
  const server = await serveFolder(folder, headers);
  try {
    await page.goto(`${server.url}?fault=${fault}`);
    return await page.evaluate('trained');
  } finally {
    server.close();
  }
}
