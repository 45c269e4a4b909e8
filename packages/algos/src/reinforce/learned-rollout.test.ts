import { expect, test } from 'vitest';
import { lossOf } from './learned-rollout.js';

test('rollouts of 1 and of 3 steps weigh 1 to 3', () => {
  const short = { steps: 1, loss: { policyLoss: 8, entropy: 4 } };
  const long = { steps: 3, loss: { policyLoss: 0, entropy: 8 } };
  expect(lossOf([short, long])).toEqual({ policyLoss: 2, entropy: 7 });
});

test('the explained variance is that of all targets together', () => {
  const loss = { policyLoss: 0, entropy: 0, valueLoss: 1 };
  const [targets, errors] = [
    { count: 2, mean: 1, squares: 0 },
    { count: 2, mean: 0, squares: 0.5 },
  ];
  // targets 1, 1 and 3, 3 vary by 1, though those of each rollout do not vary; errors by 1/4
  const rollouts = [
    { steps: 2, loss, targets, errors },
    { steps: 2, loss, targets: { ...targets, mean: 3 }, errors },
  ];
  expect(lossOf(rollouts)).toEqual({ ...loss, explainedVariance: 0.75 });
});
