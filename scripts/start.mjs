// `npm start`: makes the checkout ready and trains the first example.
import { runExample } from './lib/example.mjs';
import { runScript, setup } from './setup.mjs';

runScript(async () => {
  await setup();
  await runExample('reinforce-cartpole', process.argv.slice(2));
});
