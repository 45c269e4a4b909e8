// Runs one of the examples, or lists them: `node scripts/example.mjs [NAME [arguments of the example]]`.
import { runNamed } from './lib/program.mjs';
import { runScript, setup } from './setup.mjs';

runScript(() => runNamed('examples', { command: 'example', kind: 'example', prepare: setup }));
