import { UnavailableError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { keepRows } from './keep-rows.js';
import type { Metrics } from './metrics.js';

/** A writer to a disk that is sometimes full. */
function moodyWriter() {
  const written: Metrics[] = [];
  const state = { full: false, closed: false, written };
  const write = (row: Metrics) => {
    if (state.full) throw new UnavailableError({ where: 'test', got: 'ENOSPC', expected: 'room', remedy: 'Free some.' });
    written.push(row);
  };
  const close = async () => {
    state.closed = true;
  };
  return { state, writer: { write, close } };
}

const rows = (...steps: number[]) => steps.map((step) => ({ step }));

describe('keepRows', () => {
  test('keeps refused rows and writes them in their order, warning once a time', () => {
    const { state, writer } = moodyWriter();
    const warnings: string[] = [];
    const kept = keepRows(writer, ({ message }) => warnings.push(message));
    for (const [step, full] of [0, 1, 1, 0, 1, 0].entries()) {
      state.full = full === 1;
      kept.write({ step });
    }
    expect(state.written).toEqual(rows(0, 1, 2, 3, 4, 5));
    expect(warnings).toEqual(['test: got ENOSPC; expected room. Free some.', 'test: got ENOSPC; expected room. Free some.']);
  });

  test('writes what is left when it is closed; while it cannot, it stays open and can be closed again', async () => {
    const { state, writer } = moodyWriter();
    const kept = keepRows(writer, () => {});
    state.full = true;
    kept.write({ step: 1 });
    await expect(kept.close()).rejects.toThrow(UnavailableError);
    expect(state).toMatchObject({ closed: false, written: [] });
    state.full = false;
    await kept.close();
    expect(state).toMatchObject({ closed: true, written: rows(1) });
  });

  test('hides no other error', () => {
    const broken = {
      write: () => {
        throw new TypeError('a bug');
      },
      close: async () => {},
    };
    expect(() => keepRows(broken, () => {}).write({ step: 1 })).toThrow('a bug');
  });
});
