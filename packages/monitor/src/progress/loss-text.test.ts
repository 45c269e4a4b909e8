import { expect, test } from 'vitest';
import { lossLine, lossTexts } from './loss-text.js';

const update = {
  step: 1,
  episodes: 1,
  meanReturn: 1,
  meanLength: 1,
  policyLoss: -0.012345,
  entropy: 0.7031,
  valueLoss: 1234.5,
  approxKl: Number.NaN,
  learningRate: 7e-4,
};

test('losses are named in the order of their importance, with three digits', () => {
  expect(lossTexts(update)).toEqual(['policy loss -0.0123', 'value loss 1230', 'entropy 0.703', 'learning rate 0.0007']);
  expect(lossTexts({ step: 1, episodes: 1, meanReturn: 1, meanLength: 1 })).toEqual([]);
});

test('as many are shown as fit, each at a place of its own', () => {
  const losses = lossTexts(update);
  expect(lossLine(losses, 80)).toBe('     policy loss -0.0123    value loss 1230       entropy 0.703');
  expect(lossLine(losses, 40)).toBe('     policy loss -0.0123');
  expect(lossLine(losses, 20)).toBe('');
  expect(lossLine(losses, 200).indexOf('entropy')).toBe(lossLine(lossTexts({ ...update, valueLoss: 1e-9, policyLoss: 1 }), 200).indexOf('entropy'));
});
