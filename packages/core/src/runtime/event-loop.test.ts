import { setImmediate as immediate } from 'node:timers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { nextEventLoopTurn } from './event-loop.js';

afterEach(() => vi.unstubAllGlobals());

/** Without `setImmediate`, as in a browser. */
const withoutImmediate = () => void vi.stubGlobal('setImmediate', undefined);

/** Without either, as in an edge function. */
const withTimersOnly = () => {
  withoutImmediate();
  vi.stubGlobal('MessageChannel', undefined);
};

describe.each([
  ['with setImmediate', () => {}],
  ['with a message channel', withoutImmediate],
  ['with a timer', withTimersOnly],
])('nextEventLoopTurn, %s', (_, prepare) => {
  test('resolves to nothing, and not at once', async () => {
    prepare();
    let resolved = false;
    const turn = nextEventLoopTurn().then((value) => {
      resolved = true;
      return value;
    });
    // however long a chain of resolved promises
    for (let i = 0; i < 100; i++) await Promise.resolve();
    expect(resolved).toBe(false);
    expect(await turn).toBe(undefined);
  });

  test('lets a timer through, which resolved promises do not', async () => {
    prepare();
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 0);
    const start = process.hrtime.bigint();
    while (process.hrtime.bigint() - start < 5_000_000n) await Promise.resolve();
    expect(fired).toBe(false);
    // overdue, so the next turns run it: one is promised by neither timers nor messages to come first
    for (let turn = 0; turn < 3; turn++) await nextEventLoopTurn();
    expect(fired).toBe(true);
  });

  test('every call has a turn of its own', async () => {
    prepare();
    const order: number[] = [];
    await Promise.all([0, 1, 2].map((i) => nextEventLoopTurn().then(() => order.push(i))));
    expect(order).toEqual([0, 1, 2]);
  });
});

test('lets an immediate through that was asked for before', async () => {
  let fired = false;
  immediate(() => {
    fired = true;
  });
  await nextEventLoopTurn();
  expect(fired).toBe(true);
});
