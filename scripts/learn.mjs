// Learns tasks from many seeds and says which reached their goals: `node scripts/learn.mjs NAME… [--seeds 10] [--json]`; without a name it lists them.
import { runProgram } from './lib/program.mjs';
import { runScript, setup } from './setup.mjs';

runScript(async () => {
  await setup({ bench: true });
  await runProgram('bench', 'learn', process.argv.slice(2));
});
