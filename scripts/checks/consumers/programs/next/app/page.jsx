import { a2c } from '@pg/algos';
import { cartPole } from '@pg/envs';
import { learningCurve, progressBar, readRun, writePlot } from '@pg/monitor';
import { actorCritic, mlp } from '@pg/policies';

const agent = a2c()
  .env(cartPole())
  .policy(actorCritic({ encoder: mlp([8]) }));

export default async function Page() {
  const learner = agent.build({ seed: 1 });
  let steps = 0;
  for await (const update of learner.train({ steps: 20 })) steps = update.step;
  const curve = learningCurve([{ label: 'A2C', points: [{ x: steps, y: 1 }] }]);
  const functions = [progressBar, readRun, writePlot].length;
  return <main data-steps={steps}>{curve.startsWith('<svg') ? `a curve, ${functions} functions` : 'no curve'}</main>;
}
