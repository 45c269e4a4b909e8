// Runs the published recipes over their seeds and says which reached their results: `node scripts/recipe.mjs NAME… [--seeds 5] [--json]`; without a name it lists them.
import { runProgram } from './lib/program.mjs';
import { runScript, setup } from './setup.mjs';

runScript(async () => {
  await setup({ bench: true });
  await runProgram('bench', 'recipes', process.argv.slice(2));
});
