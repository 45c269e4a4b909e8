import { expect, test } from 'vitest';
import { createReportMemory, ReportRing } from './report-ring.js';
import type { WorkerUpdate } from './worker-update.js';

const update = (updates: number, episodes = 0): WorkerUpdate => ({
  worker: updates % 3,
  step: updates * 5,
  updates,
  gradientLag: 2,
  std: 0.75,
  steps: 5,
  workerSteps: 1,
  policyLoss: -0.25,
  entropy: 0.5,
  valueLoss: Number.NaN,
  explainedVariance: Number.NEGATIVE_INFINITY,
  gradientNorm: 3,
  learningRate: 1e-4,
  entropyCoef: 0,
  episodes,
  returns: Array.from({ length: Math.min(100, episodes) }, (_, i) => i + updates),
  lengths: Array.from({ length: Math.min(100, episodes) }, (_, i) => -i),
});

function drain(ring: ReportRing): WorkerUpdate[] {
  const unread = ring.unread();
  expect(unread.map(() => ring.take())).toEqual(unread);
  expect(ring.take()).toBeUndefined();
  return unread;
}

test('gives what was written, in order, around its end many times over', () => {
  const memory = createReportMemory(90);
  const [writer, reader] = [new ReportRing(memory), new ReportRing(memory)];
  for (let round = 0, next = 0; round < 200; round++) {
    const written = Array.from({ length: 1 + (round % 90) }, (_, i) => update(next++, (round * 13 + i) % 130));
    for (const one of written) {
      writer.push(one, 1);
    }
    expect(drain(reader)).toEqual(written);
  }
  expect(drain(reader)).toEqual([]);
});

test('has room for the longest report of each of many workers until the reader is behind', () => {
  for (const workers of [1, 3, 64, 500]) {
    const ring = new ReportRing(createReportMemory(workers));
    let pushed = 0;
    for (; ring.hasRoom(workers); pushed++) ring.push(update(pushed, 100), 1);
    // each was at work when there was room last
    for (let i = 1; i < workers; i++) ring.push(update(pushed++, 100), 1);
    expect(drain(ring)).toEqual(Array.from({ length: pushed }, (_, i) => update(i, 100)));
    expect(pushed).toBeGreaterThanOrEqual(workers);
  }
});

test('wakes the reader once until it has read', () => {
  const ring = new ReportRing(createReportMemory(3));
  expect([ring.push(update(1), 1), ring.push(update(2), 1)]).toEqual([true, false]);
  ring.listen();
  expect(ring.push(update(3), 1)).toBe(true);
});

test('a writer that dies holding the ring leaves it usable, and nothing half-written', () => {
  const memory = createReportMemory(3);
  const ring = new ReportRing(memory);
  ring.push(update(1, 4), 1);
  // the lock taken, numbers written, but the head where it was
  memory.words[0] = 2;
  memory.numbers.fill(7, 100);
  ring.recover(2);
  ring.push(update(2, 4), 1);
  expect(drain(ring)).toEqual([update(1, 4), update(2, 4)]);
});

test('what was prepared by one that has died is published if its update was made, once, and not otherwise', () => {
  const ring = new ReportRing(createReportMemory(3));
  ring.prepare(update(1, 2));
  expect(drain(ring)).toEqual([]);
  ring.push({ ...update(1, 2), std: 2 }, 1);
  ring.publishPrepared(1);
  expect(drain(ring)).toEqual([{ ...update(1, 2), std: 2 }]);
  // it died before its update was made, which another worker makes
  ring.prepare(update(2, 7));
  ring.publishPrepared(1);
  expect(drain(ring)).toEqual([]);
  ring.prepare(update(2));
  ring.push(update(2), 1);
  // it died when its update was made, before it could say so
  ring.prepare(update(3, 5));
  ring.publishPrepared(3);
  ring.publishPrepared(3);
  expect(drain(ring)).toEqual([update(2), update(3, 5)]);
});
