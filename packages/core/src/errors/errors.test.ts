import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import {
  BusyError,
  DisposedError,
  EnvironmentError,
  IncompatibleCheckpointError,
  IncompatiblePolicyError,
  InvalidActionError,
  InvalidFileError,
  InvalidOptionsError,
  InvalidShapeError,
  NonFiniteError,
  ResetRequiredError,
  UnavailableError,
} from './kinds.js';
import { PgError } from './pg-error.js';

const details = { where: 'cartPole.step', got: 'action 2', expected: '0 or 1', remedy: 'Pass an action of the action space.' };

const kinds = [
  [BusyError, 'BusyError', 'busy'],
  [DisposedError, 'DisposedError', 'disposed'],
  [IncompatibleCheckpointError, 'IncompatibleCheckpointError', 'incompatible-checkpoint'],
  [EnvironmentError, 'EnvironmentError', 'environment'],
  [IncompatiblePolicyError, 'IncompatiblePolicyError', 'incompatible-policy'],
  [InvalidActionError, 'InvalidActionError', 'invalid-action'],
  [InvalidFileError, 'InvalidFileError', 'invalid-file'],
  [InvalidOptionsError, 'InvalidOptionsError', 'invalid-options'],
  [InvalidShapeError, 'InvalidShapeError', 'invalid-shape'],
  [NonFiniteError, 'NonFiniteError', 'non-finite'],
  [ResetRequiredError, 'ResetRequiredError', 'reset-required'],
  [UnavailableError, 'UnavailableError', 'unavailable'],
] as const;

describe.each(kinds)('%o', (Kind, name, code) => {
  test('says where, what was got and expected, and the remedy', () => {
    const error = new Kind(details);
    expect(error.message).toBe('cartPole.step: got action 2; expected 0 or 1. Pass an action of the action space.');
    expect(error).toMatchObject(details);
  });

  test('has its name and its code', () => {
    const error = new Kind(details);
    expect(error.name).toBe(name);
    expect(error.code).toBe(code);
    expect(Kind.code).toBe(code);
    expect(String(error)).toBe(`${name}: ${error.message}`);
    expect(error.stack).toContain('errors.test.ts');
  });

  test('is an Error and a PgError', () => {
    const error = new Kind(details);
    expect([error instanceof Error, error instanceof PgError, PgError.isInstance(error)]).toEqual([true, true, true]);
  });

  test('isInstance knows this kind only', () => {
    expect(kinds.filter(([Other]) => Other.isInstance(new Kind(details))).map(([Other]) => Other)).toEqual([Kind]);
  });
});

test('codes are distinct', () => {
  expect(new Set(kinds.map(([, , code]) => code)).size).toBe(kinds.length);
});

describe('cause', () => {
  test('is kept', () => {
    const cause = new RangeError('disk full');
    expect(new InvalidFileError({ ...details, cause }).cause).toBe(cause);
  });

  test('is absent when there is none', () => {
    expect('cause' in new InvalidFileError(details)).toBe(false);
    expect('cause' in new InvalidFileError({ ...details, cause: undefined })).toBe(false);
  });
});

describe('isInstance across copies of the package', () => {
  test('knows an error of another copy, by marker and code', () => {
    class OtherCopy extends Error {
      readonly code = 'busy';
    }
    const error = Object.assign(new OtherCopy('rollout: got a second call'), { [Symbol.for('@pg/error')]: true });
    expect(error instanceof PgError).toBe(false);
    expect(PgError.isInstance(error)).toBe(true);
    expect(BusyError.isInstance(error)).toBe(true);
    expect(DisposedError.isInstance(error)).toBe(false);
  });

  test('knows an error of another realm, which has another Error', () => {
    const error = runInNewContext(`Object.assign(new Error('late'), { code: 'busy', [Symbol.for('@pg/error')]: true })`);
    expect(error instanceof Error).toBe(false);
    expect(BusyError.isInstance(error)).toBe(true);
  });

  test.each<[string, unknown]>([
    ['an error of somebody else', new Error('busy')],
    ['one with the code only', Object.assign(new Error('busy'), { code: 'busy' })],
    ['a string', 'busy'],
    ['null', null],
    ['nothing', undefined],
  ])('not %s', (_, value) => {
    expect(PgError.isInstance(value)).toBe(false);
    expect(BusyError.isInstance(value)).toBe(false);
  });
});

test('the marker does not show among the properties', () => {
  expect(Object.getOwnPropertySymbols(new BusyError(details)).filter((key) => Object.prototype.propertyIsEnumerable.call(new BusyError(details), key))).toEqual(
    [],
  );
  expect(Object.keys(new BusyError(details)).sort()).toEqual(['code', 'expected', 'got', 'name', 'remedy', 'where']);
});
