import { BusyError, DisposedError, InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import type { TrainOptions, Update } from '../learner/learner.js';
import { oneByOne, TrainingLoop } from './training-loop.js';

/** A loop over updates of ten steps each that only count; and the progress that each was given. */
function counting() {
  const progress: number[] = [];
  let step = 0;
  const loop = new TrainingLoop(
    oneByOne({
      step: () => step,
      update(at) {
        progress.push(at);
        step += 10;
        return { step } as Update;
      },
    }),
  );
  return { loop, progress, step: () => step };
}

async function run(loop: TrainingLoop<Update>, options: TrainOptions): Promise<number[]> {
  const steps: number[] = [];
  for await (const update of loop.train(options)) steps.push(update.step);
  return steps;
}

describe('steps', () => {
  test('stops with the first update that reaches the goal', async () => {
    expect(await run(counting().loop, { steps: 30 })).toEqual([10, 20, 30]);
    expect(await run(counting().loop, { steps: 31 })).toEqual([10, 20, 30, 40]);
    expect(await run(counting().loop, { steps: 1 })).toEqual([10]);
  });

  test('goals add up: what one call overshoots counts for the next', async () => {
    const { loop } = counting();
    expect(await run(loop, { steps: 25 })).toEqual([10, 20, 30]);
    expect(await run(loop, { steps: 25 })).toEqual([40, 50]);
    expect(await run(loop, { steps: 5 })).toEqual([60]);
    expect(await run(loop, { steps: 5 })).toEqual([]);
  });

  test('after leaving a loop the next one counts from where it stopped', async () => {
    const { loop, step } = counting();
    for await (const update of loop.train({ steps: 1000 })) if (update.step === 30) break;
    expect(await run(loop, { steps: 20 })).toEqual([40, 50]);
    expect(step()).toBe(50);
  });

  test('calls made beforehand count from where they start', async () => {
    const { loop } = counting();
    const [first, second] = [loop.train({ steps: 20 }), loop.train({ steps: 20 })];
    const steps: number[] = [];
    for await (const update of first) steps.push(update.step);
    for await (const update of second) steps.push(update.step);
    expect(steps).toEqual([10, 20, 30, 40]);
  });

  test('nothing happens before the loop is entered', () => {
    const { loop, step } = counting();
    loop.train({ steps: 10 });
    expect(step()).toBe(0);
  });
});

describe('progress', () => {
  test('goes up to the end of the call', async () => {
    const { loop, progress } = counting();
    await run(loop, { steps: 40 });
    expect(progress).toEqual([0, 0.25, 0.5, 0.75]);
  });

  test('goes up to the horizon, over several calls', async () => {
    const { loop, progress } = counting();
    await run(loop, { steps: 40, horizon: 80 });
    await run(loop, { steps: 40, horizon: 80 });
    expect(progress).toEqual([0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875]);
  });

  test('of a second call without a horizon ends with that call', async () => {
    const { loop, progress } = counting();
    await run(loop, { steps: 20 });
    await run(loop, { steps: 20 });
    expect(progress).toEqual([0, 0.5, 0.5, 0.75]);
  });

  test('a horizon before the end of the call is refused', async () => {
    const { loop } = counting();
    expect(() => loop.train({ steps: 20, horizon: 19 })).toThrow(InvalidOptionsError);
    await run(loop, { steps: 20, horizon: 20 });
    expect(() => loop.train({ steps: 20, horizon: 39 })).toThrow(
      'learner.train: got horizon: 39; expected at least 40, where this call ends. Give the steps of the whole run, counted from its beginning.',
    );
    expect(await run(loop, { steps: 20, horizon: 40 })).toEqual([30, 40]);
  });
});

describe('options', () => {
  test.each<[unknown, string]>([
    [undefined, 'learner.train: got undefined; expected an options object. Pass an object with some of: steps, until, signal, horizon.'],
    [{}, 'learner.train: got no option "steps"'],
    [{ steps: 0 }, 'learner.train: got steps: 0; expected a number at least 1. Change "steps".'],
    [{ steps: 0.5 }, 'learner.train: got steps: 0.5; expected a whole number. Change "steps".'],
    [{ steps: Infinity }, 'learner.train: got steps: Infinity; expected a finite number. Change "steps".'],
    [{ step: 100 }, 'learner.train: got the unknown option "step"; expected one of: steps, until, signal, horizon. Did you mean "steps"?'],
    [{ steps: 10, until: 475 }, 'learner.train: got until: 475; expected a function (update) => boolean. Change "until".'],
    [{ steps: 10, signal: true }, 'learner.train: got signal: true; expected an AbortSignal. Change "signal".'],
  ])('refuses %j at once', (options, message) => {
    expect(() => counting().loop.train(options as TrainOptions)).toThrow(message);
  });
});

describe('stopping', () => {
  test('a signal that has fired trains nothing', async () => {
    const { loop, step } = counting();
    expect(await run(loop, { steps: 100, signal: AbortSignal.abort() })).toEqual([]);
    expect(step()).toBe(0);
  });

  test('a signal stops after the update that is running', async () => {
    const { loop } = counting();
    const controller = new AbortController();
    const steps: number[] = [];
    for await (const update of loop.train({ steps: 1000, signal: controller.signal })) {
      steps.push(update.step);
      if (update.step === 30) controller.abort();
    }
    expect(steps).toEqual([10, 20, 30]);
    expect(await run(loop, { steps: 20 })).toEqual([40, 50]);
  });

  test('a condition stops after the update that fulfils it, which is yielded, and the next call goes on from there', async () => {
    const { loop, progress } = counting();
    expect(await run(loop, { steps: 100, until: ({ step }) => step >= 30 })).toEqual([10, 20, 30]);
    expect(progress).toEqual([0, 0.1, 0.2]);
    expect(await run(loop, { steps: 20, until: () => false })).toEqual([40, 50]);
  });

  test.each<[unknown, string]>([
    [async () => false, 'an instance of Promise'],
    [() => undefined, 'undefined'],
    [() => 1, '1'],
  ])('a condition that gives neither true nor false is refused: %o', async (until, got) => {
    const { loop, step } = counting();
    const training = run(loop, { steps: 100, until: until as () => boolean });
    await expect(training).rejects.toThrow(InvalidOptionsError);
    await expect(training).rejects.toThrow(`learner.train: got ${got} from until; expected true or false, at once. Return a boolean.`);
    expect(step()).toBe(10);
    expect(await run(loop, { steps: 10 })).toEqual([20]);
  });

  test('a timer can stop a loop that nobody waits for', async () => {
    const { loop, step } = counting();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    await run(loop, { steps: 1e9, signal: controller.signal });
    expect(step()).toBeLessThan(1e9);
  });

  test('the event loop has turned between two updates', async () => {
    const { loop } = counting();
    let turns = 0;
    const tick = () => {
      turns += 1;
      timer = setImmediate(tick);
    };
    let timer = setImmediate(tick);
    const seen: number[] = [];
    for await (const _ of loop.train({ steps: 50 })) seen.push(turns);
    clearImmediate(timer);
    expect(seen).toHaveLength(5);
    for (let i = 1; i < 5; i++) expect(seen[i]).toBeGreaterThan(seen[i - 1]!);
  });
});

describe('one caller at a time', () => {
  test('a second loop is refused while the first has not ended', async () => {
    const { loop, step } = counting();
    const first = loop.train({ steps: 100 });
    await first.next();
    const second = loop.train({ steps: 100 });
    const refused = second.next();
    await expect(refused).rejects.toThrow(BusyError);
    await expect(refused).rejects.toThrow(
      'learner.train: got a second loop over one learner; expected one at a time. Leave the first loop before starting another.',
    );
    // the first one is not disturbed
    expect((await first.next()).value?.step).toBe(20);
    await first.return();
    expect(await run(loop, { steps: 10 })).toEqual([30]);
    expect(step()).toBe(30);
  });

  test('an update that throws ends its loop and leaves the learner free', async () => {
    let broken = true;
    let step = 0;
    const loop = new TrainingLoop(
      oneByOne({
        step: () => step,
        update() {
          if (broken) throw new Error('broken');
          step += 10;
          return { step } as Update;
        },
      }),
    );
    await expect(run(loop, { steps: 20 })).rejects.toThrow('broken');
    broken = false;
    expect(await run(loop, { steps: 20 })).toEqual([10, 20]);
  });
});

describe('dispose', () => {
  test('refuses training afterwards', () => {
    const { loop } = counting();
    loop.dispose();
    expect(() => loop.train({ steps: 10 })).toThrow(DisposedError);
    expect(() => loop.train({ steps: 10 })).toThrow(
      'learner.train: got a learner after dispose(); expected a live learner. Build it again; a saved policy can be loaded with loadPolicy.',
    );
  });

  test('ends a loop before its next update', async () => {
    const { loop, step } = counting();
    const updates = loop.train({ steps: 100 });
    await updates.next();
    loop.dispose();
    await expect(updates.next()).rejects.toThrow(DisposedError);
    expect(step()).toBe(10);
  });

  test('in the last update ends the loop without an error', async () => {
    const { loop } = counting();
    const steps: number[] = [];
    for await (const update of loop.train({ steps: 20 })) {
      steps.push(update.step);
      if (update.step === 20) loop.dispose();
    }
    expect(steps).toEqual([10, 20]);
  });
});
