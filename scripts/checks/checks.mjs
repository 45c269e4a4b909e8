import { mapLimited, run, runTool } from '../lib/run.mjs';
import { bench } from './bench-check.mjs';
import { bundlers } from './bundlers.mjs';
import { consumerTypes } from './consumers/consumer-types.mjs';
import { nextBuild } from './consumers/next-build.mjs';
import { testRunners } from './consumers/test-runners.mjs';
import { examples } from './examples-check.mjs';
import { gymnasium } from './gymnasium.mjs';
import { installCheck } from './install-check.mjs';
import { livePage } from './live-page.mjs';
import { areTheTypesWrong, contents, declarations, publint } from './package-checks.mjs';
import { playPong } from './play-pong.mjs';
import { readmes } from './readmes.mjs';
import { sameBits } from './same-bits.mjs';
import { tsWorkers } from './ts-workers.mjs';
import { unitTests } from './unit-tests.mjs';
import { webgpu } from './webgpu.mjs';

/**
 * Everything `npm test` looks at, in the order in which it is printed.
 *
 * @type {import('./check.mjs').Check[]}
 */
export const checks = [
  { name: 'types', run: types },
  { name: 'lint', run: lint },
  { name: 'readmes', run: readmes },
  { name: 'kernels', run: kernels },
  { name: 'page', run: page },
  { name: 'unit', run: unitTests },
  { name: 'examples', run: examples },
  { name: 'play-pong', run: playPong },
  { name: 'gymnasium', run: gymnasium },
  { name: 'same-bits', run: sameBits },
  { name: 'live-page', run: livePage },
  { name: 'bundlers', run: bundlers },
  { name: 'ts-workers', run: tsWorkers },
  { name: 'webgpu', run: webgpu },
  { name: 'bench', run: bench },
  { name: 'unused', run: unused },
  { name: 'publint', run: publint },
  { name: 'attw', run: areTheTypesWrong },
  { name: 'declarations', run: declarations },
  { name: 'contents', run: contents },
  { name: 'install', run: installCheck },
  { name: 'consumer-types', run: consumerTypes },
  { name: 'test-runners', run: testRunners },
  { name: 'next', run: nextBuild },
  { name: 'docs', run: docs },
];

/** The packages, examples and benchmarks, and these scripts. */
async function types() {
  await mapLimited(['.', 'scripts'], 2, (project) => runTool('typescript', ['--noEmit', '--project', project], { command: 'tsc' }));
}

async function lint() {
  await runTool('@biomejs/biome', ['check', '--error-on-warnings', '--diagnostic-level=warn', '.'], { command: 'biome' });
}

/** The committed WebAssembly is what its sources compile to. */
async function kernels() {
  await run(process.execPath, ['scripts/kernels.mjs', '--check']);
}

/** The committed page is what its sources bundle to. */
async function page() {
  await run(process.execPath, ['scripts/page.mjs', '--check']);
}

/** No file, export or dependency without a use. */
async function unused() {
  await runTool('knip', []);
}

/** The reference builds, and nothing public is undocumented. */
async function docs() {
  await runTool('typedoc', []);
}
