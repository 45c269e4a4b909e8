import { expect, onTestFinished, test } from 'vitest';
import { stopSignal } from './stop-signal.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Listeners that have been added, by signal; they are gone when the test ends. */
function listening() {
  const before = new Map(signals.map((signal) => [signal, process.listeners(signal)]));
  const added = (signal: (typeof signals)[number]) => process.listeners(signal).filter((listener) => !before.get(signal)!.includes(listener));
  onTestFinished(() => {
    for (const signal of signals) for (const listener of added(signal)) process.off(signal, listener);
  });
  return () => signals.filter((signal) => added(signal).length > 0);
}

test.each(signals)('%s stops; after it Ctrl-C and a request end the program, and a lost terminal does not', (signal) => {
  const handled = listening();
  const stop = stopSignal();
  expect(handled()).toEqual(['SIGINT', 'SIGTERM', 'SIGHUP']);
  expect(stop.aborted).toBe(false);
  process.listeners(signal).at(-1)!(signal);
  expect(stop.aborted).toBe(true);
  expect(handled()).toEqual(['SIGHUP']);
});
