// `npm start`: makes the checkout ready and trains the first example.
import { runProgram } from './lib/program.mjs';
import { runScript, setup } from './setup.mjs';

runScript(async () => {
  await setup();
  await runProgram('examples', 'reinforce-cartpole', ['--preset', 'fast', ...process.argv.slice(2)]);
});
