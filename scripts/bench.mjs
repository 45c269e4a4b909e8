// Runs one of the benchmarks, or lists them: `node scripts/bench.mjs [NAME [arguments of the benchmark]]`.
import { runNamed } from './lib/program.mjs';
import { runScript, setup } from './setup.mjs';

runScript(() => runNamed('bench', { command: 'bench', kind: 'benchmark', prepare: () => setup({ bench: true }) }));
