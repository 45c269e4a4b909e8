import { box, discrete, frameStack, oneHot } from '@pg/core';
import { expect, test } from 'vitest';
import { defineEnv } from '../env/define-env.js';
import { blankPicture } from '../rendering/blank-picture.js';
import { resizePicture } from '../rendering/resize-picture.js';
import { toAnsi } from '../rendering/to-ansi.js';
import { vectorize } from './vectorize.js';

const large = defineEnv({
  id: 'large',
  observation: box({ shape: [2 ** 16], low: 0, high: 1 }),
  action: discrete(2),
  maxSteps: 10,
  init: () => 0,
  step: (state) => ({ state, reward: 0, terminated: false }),
  observe: () => new Float32Array(2 ** 16),
});

test('observations of all copies that fit into no array are refused by their size', () => {
  expect(() => vectorize(large, { numEnvs: 2 ** 18 }).make()).toThrow(
    'memory: got 262144 elements of Box<[65536]>, which take 64.0 GiB; expected at most 4 GiB in one array, and no more than the machine has free.',
  );
});

test('so they are on worker threads', () => {
  const module = new URL('../../fixtures/worker-envs.ts', import.meta.url);
  expect(() => vectorize(large, { numEnvs: 2 ** 18, workers: 2, module }).make()).toThrow(
    'memory: got the rows of 262144 copies of large, which take 64.0 GiB;',
  );
});

test('stages refuse what would be too large', () => {
  const picture = box({ shape: [1000, 1000, 1], low: 0, high: 255, dtype: 'uint8' });
  expect(() => frameStack(100)(picture)).toThrow(
    'frameStack(100): got the shape [1000, 1000, 100], which is 100000000 numbers; expected at most 67108864 numbers (2^26).',
  );
  expect(() => oneHot()(discrete(2 ** 31))).toThrow('box: got the shape [2147483648], which is 2147483648 numbers;');
});

test('pictures that fit into no memory are refused by their size', () => {
  expect(() => blankPicture({ width: 1e9, height: 1e9 }, [0, 0, 0])).toThrow('memory: got the pixels of 1000000000×1000000000, which take');
  const small = blankPicture({ width: 2, height: 2 }, [0, 0, 0]);
  expect(() => resizePicture(small, { width: 1e9, height: 1e9 })).toThrow('memory: got the pixels of a side of 1000000000, which take 44.7 GiB;');
  expect(() => toAnsi(small, { columns: 1e9 })).toThrow('memory: got the pixels of a side of 1000000000');
});
