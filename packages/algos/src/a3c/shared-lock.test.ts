import { expect, test } from 'vitest';
import { SharedLock } from './shared-lock.js';

const lockOf = () => new SharedLock(new Int32Array(new SharedArrayBuffer(8)), 1);

test('has one owner at a time, and says who', () => {
  const lock = lockOf();
  expect(lock.owner).toBe(0);
  expect([lock.tryAcquire(3), lock.tryAcquire(4), lock.owner]).toEqual([true, false, 3]);
  expect([lock.recover(4), lock.owner]).toEqual([false, 3]);
  lock.release(3);
  expect([lock.owner, lock.acquire(4), lock.owner]).toEqual([0, true, 4]);
});

test('waits no longer than it is told to', () => {
  const lock = lockOf();
  lock.acquire(1);
  expect(lock.acquire(2, 5)).toBe(false);
  expect(lock.recover(1)).toBe(true);
  expect(lock.acquire(2, 5)).toBe(true);
});
