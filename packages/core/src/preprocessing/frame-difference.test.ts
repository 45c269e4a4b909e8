import { describe, expect, test } from 'vitest';
import { box } from '../spaces/box.js';
import { discrete } from '../spaces/discrete.js';
import { createElements } from '../spaces/space.js';
import { frameDifference } from './frame-difference.js';

const space = box({ shape: [2], low: 0, high: 255, dtype: 'uint8' });

/** What the stage gives for some observations; the episode starts at those with a true. */
function differences(lag: number, observations: readonly (readonly [number, number, boolean?])[]): number[][] {
  const stage = frameDifference({ lag })(space);
  const transform = stage.create();
  const output = createElements(stage.space);
  return observations.map(([a, b, first = false]) => {
    transform.apply(Uint8Array.of(a, b), output, first);
    return Array.from(output);
  });
}

describe('frameDifference', () => {
  test('the newest minus the one before; zero at the start of each episode', () => {
    expect(
      differences(1, [
        [5, 9, true],
        [7, 9],
        [0, 200],
        [9, 9, true],
        [8, 10],
      ]),
    ).toEqual([
      [0, 0],
      [2, 0],
      [-7, 191],
      [0, 0],
      [-1, 1],
    ]);
  });

  test('over two steps, minus the first while there are fewer', () => {
    expect(
      differences(2, [
        [1, 0, true],
        [3, 0],
        [7, 0],
        [15, 0],
      ]).map(([value]) => value),
    ).toEqual([0, 2, 6, 12]);
  });

  test('the space has a sign, and numbers instead of bytes', () => {
    const stage = frameDifference()(space);
    expect([stage.name, frameDifference({ lag: 3 })(space).name]).toEqual(['frameDifference', 'frameDifference(3)']);
    expect(stage.space).toEqual(box({ shape: [2], low: -255, high: 255 }));
  });

  test('goes on from a snapshot', () => {
    const stage = frameDifference({ lag: 2 })(space);
    const [first, second] = [stage.create(), stage.create()];
    const outputs = [createElements(stage.space), createElements(stage.space)] as const;
    [3, 9, 4].forEach((value, i) => {
      first.apply(Uint8Array.of(value, 0), outputs[0], i === 0);
    });
    second.restore?.(first.snapshot?.());
    for (const value of [100, 50, 0]) {
      first.apply(Uint8Array.of(value, value), outputs[0], false);
      second.apply(Uint8Array.of(value, value), outputs[1], false);
      expect(outputs[1]).toEqual(outputs[0]);
    }
    expect(outputs[0][0]).toBe(-100);
  });

  test('refuses a lag of nothing', () => {
    expect(() => frameDifference({ lag: 0 })).toThrow('frameDifference: got lag: 0; expected a whole number from 1 to 1024. Change "lag".');
  });

  test('refuses a lag that is no option', () => {
    expect(() => frameDifference(2 as never)).toThrow('frameDifference: got 2; expected an options object. Pass an object with some of: lag.');
  });

  test('refuses choices', () => {
    expect(() => frameDifference()(discrete(3) as never)).toThrow('frameDifference: got observations of Discrete<3>; expected Box observations.');
  });
});
