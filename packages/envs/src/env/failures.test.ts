import { box, DisposedError, discrete, EnvironmentError, type Rng, type Space } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { CopyLayer } from '../copy/copy-layer.js';
import { vectorize } from '../vector/vectorize.js';
import { defineEnv } from './define-env.js';
import type { Dynamics } from './dynamics.js';
import type { EnvCopy, Wrapper } from './wrapper.js';

const boom = new RangeError('the pump is dry');

/** Where something goes wrong: the copy that was made as number `index`, at its step `step`, in `method`. */
interface Fault {
  readonly index: number;
  readonly step: number;
  readonly method: 'begin' | 'step' | 'observe' | 'snapshot' | 'restore' | 'close' | 'none';
}

/** A pump that breaks as told; `closed` counts how often each copy was closed. */
function pump(fault: Fault) {
  const closed: number[] = [];
  const create = (): Dynamics => {
    const index = closed.push(0) - 1;
    let time = 0;
    const perhaps = (method: Fault['method']) => {
      if (method === fault.method && index === fault.index && time === fault.step) throw boom;
    };
    return {
      reward: 1,
      terminated: false,
      begin() {
        time = 0;
        perhaps('begin');
      },
      step() {
        time += 1;
        perhaps('step');
      },
      observe(out, offset) {
        perhaps('observe');
        out[offset] = time;
      },
      snapshot() {
        perhaps('snapshot');
        return time;
      },
      restore(snapshot) {
        perhaps('restore');
        time = snapshot as number;
      },
      close() {
        closed[index]! += 1;
        perhaps('close');
      },
    };
  };
  const spec = defineEnv({ id: 'pump', observation: box({ shape: [1], low: 0, high: 100 }), action: discrete(2), maxSteps: 50, create });
  return { spec, closed };
}

function caught(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

const message = (where: string, step: number) =>
  `pump${where}: got RangeError "the pump is dry" thrown at step ${step} of the episode; expected an environment that does not throw. ` +
  'Mend the environment: what it threw is the cause of this error.';

describe('an environment that throws', () => {
  test.each([
    ['reset', 'begin', 0],
    ['step', 'step', 3],
    ['observe', 'observe', 3],
  ] as const)('in a vector, %s: is named, with its copy and step; all copies are closed, further calls refused', (where, method, step) => {
    const { spec, closed } = pump({ index: 2, step, method });
    const envs = vectorize(spec, { numEnvs: 4 }).make();
    const error = caught(() => {
      envs.reset();
      for (let t = 0; t < 5; t++) envs.step(new Int32Array(4));
    });
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error.message).toBe(message(` (copy 2).${where}`, step));
    expect(error.cause).toBe(boom);
    expect(closed).toEqual([1, 1, 1, 1]);
    for (const call of [() => envs.reset(), () => envs.step(new Int32Array(4)), () => envs.snapshot(), () => envs.restore({} as never)]) {
      const later = caught(call);
      expect(later).toBeInstanceOf(DisposedError);
      expect(later.cause).toBe(error);
    }
    expect(caught(() => envs.step(new Int32Array(4))).message).toBe(
      'pump.step: got a step after the failure that closed all copies; expected a running environment. The failure is the cause of this error: mend it, and make another with make().',
    );
    envs.close();
    expect(closed).toEqual([1, 1, 1, 1]);
  });

  test.each(['snapshot', 'restore'] as const)('in %s', (method) => {
    const { spec } = pump({ index: 1, step: 0, method });
    const envs = vectorize(spec, { numEnvs: 2 }).make();
    envs.reset();
    expect(caught(() => envs.restore(envs.snapshot())).message).toBe(message(` (copy 1).${method}`, 0));
  });

  test('when it is closed: the others are closed all the same', () => {
    const { spec, closed } = pump({ index: 0, step: 0, method: 'close' });
    const envs = vectorize(spec, { numEnvs: 3 }).make();
    expect(caught(() => envs.close())).toBe(boom);
    expect(closed).toEqual([1, 1, 1]);
  });

  test('alone: needs a reset, which may go well', () => {
    const { spec } = pump({ index: 0, step: 1, method: 'step' });
    const env = spec.make();
    env.reset();
    const error = caught(() => env.step(0));
    expect(error.message).toBe(message('.step', 1));
    expect(error.cause).toBe(boom);
    expect(() => env.step(0)).toThrow('pump.step: got a step after the environment failed; expected a running episode. Call reset() first.');
    expect(env.reset()).toEqual(new Float32Array(1));
  });

  test('something that is no error', () => {
    const env = defineEnv({
      id: 'rude',
      observation: discrete(1),
      action: discrete(1),
      maxSteps: 1,
      init: () => {
        throw 'no';
      },
      step: (state: number) => ({ state, reward: 0, terminated: false }),
      observe: () => 0,
    }).make();
    expect(() => env.reset()).toThrow('rude.reset: got "no" thrown at step 0 of the episode;');
  });

  test('in a wrapper: the copy is named as well', () => {
    const jammed = <TObs extends Space, TAct extends Space>(space: TObs, env: { readonly actionSpace: TAct }): Wrapper<TObs, TAct> => ({
      name: 'jammed',
      space,
      actionSpace: env.actionSpace,
      wrap: (copy: EnvCopy) =>
        new (class extends CopyLayer {
          override step(action: number, rng: Rng): void {
            super.step(action, rng);
            throw boom;
          }
        })(copy),
    });
    const envs = vectorize(pump({ index: 0, step: 0, method: 'none' }).spec.pipe(jammed), { numEnvs: 2 }).make();
    envs.reset();
    expect(caught(() => envs.step(new Int32Array(2))).message).toBe(message(' (copy 0).step', 1));
  });

  test.each([
    ['step', 'pump.batch.step: got RangeError "the pump is dry" thrown while 3 copies were stepped together;'],
    ['init', 'pump (copy 1).batch.init: got RangeError "the pump is dry" thrown at step 0 of the episode;'],
    ['observe', 'pump (copy 1).batch.observe: got RangeError "the pump is dry" thrown at step 0 of the episode;'],
  ])('in its form for many copies, %s', (method, expected) => {
    const perhaps = (name: string, index = 1) => {
      if (name === method && index === 1) throw boom;
    };
    const spec = defineEnv({
      id: 'pump',
      observation: discrete(1),
      action: discrete(2),
      maxSteps: 5,
      init: () => 0,
      step: (state: number) => ({ state, reward: 0, terminated: false }),
      observe: () => 0,
      batch: () => ({
        init: (index) => perhaps('init', index),
        step: () => perhaps('step'),
        observe: (index) => perhaps('observe', index),
        snapshot: () => 0,
        restore: () => {},
      }),
    });
    const envs = vectorize(spec, { numEnvs: 3 }).make();
    const error = caught(() => {
      envs.reset();
      envs.step(new Int32Array(3));
    });
    expect(error.message).toContain(expected);
    expect(error.cause).toBe(boom);
  });
});

describe('close', () => {
  test('twice is harmless; afterwards nothing runs', () => {
    const { spec, closed } = pump({ index: 0, step: 0, method: 'none' });
    const [env, envs] = [spec.make(), vectorize(spec, { numEnvs: 2 }).make()];
    env.reset();
    for (let i = 0; i < 2; i++) {
      env.close();
      envs.close();
    }
    expect(closed).toEqual([1, 1, 1]);
    const calls = [() => env.reset(), () => env.step(0), () => env.render(), () => env.snapshot(), () => envs.reset(), () => envs.step(new Int32Array(2))];
    for (const call of calls) expect(caught(call)).toBeInstanceOf(DisposedError);
    expect(caught(() => env.step(0)).message).toBe('pump.step: got a step after close(); expected a running environment. Make another with make().');
  });
});
