import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CurveHistory } from './curve-history.js';
import { Curves } from './page/curves.js';

describe('a short run', () => {
  test('is kept as it is, without what was not reported', () => {
    const history = new CurveHistory();
    history.add(100, { loss: 0.5 });
    history.add(200, { loss: 0.25, reward: 3 });
    history.add(300, { reward: Number.NaN });
    expect(history.all()).toEqual({ from: 0, steps: [100, 200, 300], curves: { loss: { mean: [0.5, 0.25, null] }, reward: { mean: [null, 3, null] } } });
  });

  test('has six digits', () => {
    const history = new CurveHistory();
    history.add(1_234_567, { loss: 1 / 3 });
    expect(history.all()).toMatchObject({ steps: [1_234_567], curves: { loss: { mean: [0.333333] } } });
  });
});

describe('a long run', () => {
  test('becomes at most 1024 stretches of equal length, and no peak is lost', () => {
    const history = new CurveHistory();
    for (let i = 0; i < 10_000; i++) history.add(i, { loss: i === 7777 ? 1000 : i === 4444 ? -1000 : i % 2 });
    const { steps, curves } = history.all();
    expect(steps.length).toBe(625); // 10,000 updates in stretches of 16
    expect(steps.slice(0, 3)).toEqual([15, 31, 47]);
    expect(steps.at(-1)).toBe(9999);
    expect(curves.loss!.mean.slice(0, 3)).toEqual([0.5, 0.5, 0.5]);
    expect([Math.min(...(curves.loss!.low as number[])), Math.max(...(curves.loss!.high as number[]))]).toEqual([-1000, 1000]);
  });

  test('keeps the mean of all values where every update reports one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1025, max: 5000 }), (length) => {
        const history = new CurveHistory();
        for (let i = 0; i < length; i++) history.add(i, { value: i });
        const { steps, curves } = history.all();
        const stride = steps[0]! + 1;
        const total = curves.value!.mean.reduce<number>((sum, mean, at) => sum + mean! * (at === steps.length - 1 ? length - at * stride : stride), 0);
        expect(total / ((length * (length - 1)) / 2)).toBeCloseTo(1, 4);
      }),
      { numRuns: 20 },
    );
  });
});

test('a page that is sent the changes knows what one that is sent everything knows', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 12 }), (bursts) => {
      const history = new CurveHistory();
      const live = new Curves();
      let step = 0;
      for (const [round, burst] of bursts.entries()) {
        for (let i = 0; i < burst; i++, step++) history.add(step, { loss: Math.sin(step), ...(round > 1 && step % 3 === 0 ? { late: step } : {}) });
        const changes = history.changes();
        if (changes !== null) live.apply(JSON.parse(JSON.stringify(changes)));
      }
      const whole = new Curves();
      whole.apply(JSON.parse(JSON.stringify(history.all())));
      expect(live.steps).toEqual(whole.steps);
      expect(live.names).toEqual(whole.names);
      for (const name of whole.names) expect(live.get(name)).toEqual(whole.get(name));
    }),
    { numRuns: 30 },
  );
});

test('nothing new is no change', () => {
  const history = new CurveHistory();
  expect(history.changes()).toBeNull();
  history.add(1, { loss: 1 });
  expect(history.changes()?.steps).toEqual([1]);
  expect(history.changes()).toBeNull();
});
