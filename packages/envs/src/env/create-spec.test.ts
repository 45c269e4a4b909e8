import { type Box, box, discrete, oneHot, type Stage } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { counter, walk } from '../../fixtures/environments.js';
import { playSingle, playVector } from '../../fixtures/play.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { vectorize } from '../vector/vectorize.js';
import { defineEnv } from './define-env.js';

/** Adds up all observations of an episode: remembers, so a missed start shows. */
function runningSum() {
  return (space: Box<readonly [number]>): Stage<Box<readonly [number]>> => ({
    name: 'runningSum',
    space,
    create() {
      const sum = new Float32Array(space.low.length);
      return {
        apply(input, output, first) {
          if (first) sum.fill(0);
          for (let i = 0; i < sum.length; i++) sum[i]! += input[i]!;
          output.set(sum);
        },
      };
    },
  });
}

/** Two numbers for each: itself and its double. */
function withDouble() {
  return (space: Box<readonly [number]>): Stage<Box<readonly [2]>> => ({
    name: 'withDouble',
    space: box({ shape: [2], low: [space.low[0]!, 2 * space.low[0]!], high: [space.high[0]!, 2 * space.high[0]!] }),
    create: () => ({
      apply(input, output) {
        output[0] = input[0]!;
        output[1] = 2 * input[0]!;
      },
    }),
  });
}

describe('pipe', () => {
  test('passes observations through the stages in order', () => {
    const spec = counter({ maxSteps: 3 }).pipe(runningSum()).pipe(withDouble());
    expect(spec.id).toBe('counter | runningSum | withDouble');
    expect(spec.observationSpace).toEqual(box({ shape: [2], low: 0, high: Infinity }));
    expect(spec.maxSteps).toBe(3);
    const env = spec.make();
    expect(env.id).toBe('counter | runningSum | withDouble');
    const sums = [env.reset(), ...[1, 2, 3].map(() => env.step(0).obs)];
    expect(sums.map((obs) => Array.from(obs))).toEqual([
      [0, 0],
      [1, 2],
      [3, 6],
      [6, 12],
    ]);
    // the next episode starts without the last one's memory
    expect(Array.from(env.reset())).toEqual([0, 0]);
    expect(Array.from(env.step(0).obs)).toEqual([1, 2]);
  });

  test('in the vectorised form as well, where each copy has a memory of its own', () => {
    const envs = vectorize(counter({ maxSteps: 3 }).pipe(runningSum()), { numEnvs: 2 }).make();
    const seen = [Array.from(envs.reset())];
    for (let t = 0; t < 4; t++) {
      const { obs, finalObs, truncated } = envs.step(new Int32Array(2));
      seen.push(Array.from(obs));
      if (truncated[0]) seen.push(Array.from(finalObs));
    }
    expect(seen).toEqual([
      [0, 0],
      [1, 1],
      [3, 3],
      [0, 0],
      [6, 6],
      [1, 1],
    ]);
  });

  test('a piped environment plays like the single one, copy by copy', () => {
    const spec = walk(7).pipe(runningSum());
    expect(playVector(spec, 3, { seed: 4, steps: 40 })[0]).toEqual(playSingle(spec, { seed: 4, steps: 40 }));
  });

  test('behind vectorize it stays vectorised', () => {
    const before = vectorize(counter({ maxSteps: 3 }).pipe(runningSum()), { numEnvs: 2 });
    const behind = vectorize(counter({ maxSteps: 3 }), { numEnvs: 2 }).pipe(runningSum());
    expect(behind).toMatchObject({ id: before.id, vectorized: true, numEnvs: 2 });
    expect(playVector(behind, 2, { seed: 0, steps: 9 })).toEqual(playVector(before, 2, { seed: 0, steps: 9 }));
  });

  test('oneHot of a discrete observation', () => {
    const room = defineEnv({ ...counter()['~source'].definition, observation: discrete(4) }).pipe(oneHot());
    expect(room.observationSpace).toEqual({ kind: 'box', shape: [4], dtype: 'float32', low: new Float32Array(4), high: new Float32Array(4).fill(1) });
    const env = room.make();
    expect(env.reset()).toEqual(new Float32Array([1, 0, 0, 0]));
    expect(env.step(0 as never).obs).toEqual(new Float32Array([0, 1, 0, 0]));
    const envs = vectorize(room, { numEnvs: 2 }).make();
    envs.reset();
    expect(envs.step(new Int32Array(2)).obs).toEqual(new Float32Array([0, 1, 0, 0, 0, 1, 0, 0]));
  });

  test('refuses what is no stage', () => {
    expect(() => counter().pipe(oneHot as never)).toThrow(
      'counter.pipe: got a function; expected a stage or a wrapper. Call the preprocessing function: .pipe(oneHot()).',
    );
    expect(() => counter().pipe('crop' as never)).toThrow('counter.pipe: got "crop"; expected a stage or a wrapper.');
  });
});

describe('immutability', () => {
  test('a specification is frozen', () => {
    const spec = cartPole();
    expect(Object.isFrozen(spec)).toBe(true);
    expect(() => Object.assign(spec, { maxSteps: 1 })).toThrow(TypeError);
  });

  test('pipe and vectorize leave their origin as it is', () => {
    const origin = counter({ maxSteps: 3 });
    const { id, observationSpace, numEnvs, vectorized } = origin;
    const piped = origin.pipe(withDouble());
    vectorize(origin, { numEnvs: 5 });
    piped.pipe(runningSum());
    expect(origin).toMatchObject({ id, observationSpace, numEnvs, vectorized });
    expect(piped.id).toBe('counter | withDouble');
    expect(origin['~source'].layers).toEqual([]);
    expect(origin.make().reset()).toEqual(new Float32Array([0]));
  });

  test('two running environments of one specification do not share anything', () => {
    const spec = counter().pipe(runningSum());
    const [one, other] = [spec.make(), spec.make()];
    one.reset();
    other.reset();
    one.step(0);
    one.step(0);
    expect(other.step(0).obs).toEqual(new Float32Array([1]));
  });
});
