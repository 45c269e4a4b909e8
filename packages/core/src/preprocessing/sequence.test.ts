import { expect, test } from 'vitest';
import { box } from '../spaces/box.js';
import { createElements } from '../spaces/space.js';
import { crop } from './crop.js';
import { frameStack } from './frame-stack.js';
import { grayscale } from './grayscale.js';
import { sequence } from './sequence.js';

const space = box({ shape: [2, 1, 3], low: 0, high: 255, dtype: 'uint8' });

function made() {
  const gray = grayscale()(space);
  const cropped = crop({ top: 1, height: 1 })(gray.space);
  return sequence('lower half', [gray, cropped, frameStack(2)(cropped.space)]);
}

const picture = (gray: number) => Uint8Array.of(1, 2, 3, gray, gray, gray);

test('one stage does what several did, under its own name', () => {
  const stage = made();
  expect([stage.name, stage.space.shape, stage.space.dtype]).toEqual(['lower half', [1, 1, 2], 'uint8']);
  const transform = stage.create();
  const output = createElements(stage.space);
  transform.apply(picture(10), output, true);
  expect(Array.from(output)).toEqual([10, 10]);
  transform.apply(picture(30), output, false);
  expect(Array.from(output)).toEqual([10, 30]);
});

test('remembers what its stages remember', () => {
  const stage = made();
  const [first, second] = [stage.create(), stage.create()];
  const output = createElements(stage.space);
  first.apply(picture(10), output, true);
  second.restore?.(first.snapshot?.());
  second.apply(picture(20), output, false);
  expect(Array.from(output)).toEqual([10, 20]);
});
