import { InvalidOptionsError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { constant, zeros } from '../initializers/constant.js';
import { orthogonal } from '../initializers/orthogonal.js';
import { gru } from './gru.js';
import { dense } from './layer.js';
import { layerOutputShape } from './layer-shape.js';
import { lstm } from './lstm.js';
import { initialParameters } from './parameters.js';
import { hasState } from './recurrent-layer.js';

describe.each([
  ['lstm', lstm, 4],
  ['gru', gru, 3],
] as const)('%s', (kind, make, gates) => {
  const starting = (layer: ReturnType<typeof make>) => initialParameters({ inputShape: [2, 4], trunk: [layer], heads: {} }, Rng.fromSeed(1));

  test('has a state of its size for inputs of any shape', () => {
    expect(make(5)).toMatchObject({ kind, units: 5 });
    expect(layerOutputShape(make(5), [2, 4])).toEqual([5]);
  });

  test('starts with orthogonal weights for each gate, and zeros', () => {
    const [inputWeight, recurrentWeight, inputBias, recurrentBias] = starting(make(5)).map(({ values }) => values);
    const seeds = Rng.fromSeed(1);
    for (const [values, name, inputs] of [
      [inputWeight!, 'trunk.0.inputWeight', 8],
      [recurrentWeight!, 'trunk.0.recurrentWeight', 5],
    ] as const) {
      const rng = seeds.stream(name);
      for (let gate = 0; gate < gates; gate++) {
        const matrix = orthogonal()([inputs, 5], rng);
        const columns = Array.from({ length: inputs * 5 }, (_, at) => values[Math.floor(at / 5) * gates * 5 + gate * 5 + (at % 5)]!);
        expect(columns).toEqual([...matrix]);
      }
    }
    expect([inputBias, recurrentBias]).toEqual([new Float32Array(gates * 5), new Float32Array(gates * 5)]);
  });

  test('takes other starting values', () => {
    const [weightInit, recurrentInit, biasInit] = [constant(1), zeros(), constant(2)];
    expect(make(3, { weightInit, recurrentInit, biasInit })).toEqual({ kind, units: 3, weightInit, recurrentInit, biasInit });
    expect(starting(make(3, { weightInit, recurrentInit, biasInit })).map(({ values }) => values[gates]!)).toEqual([1, 0, 2, 2]);
  });

  test.each([
    [0, '0'],
    [2.5, '2.5'],
    ['64', '"64"'],
  ])('refuses %j units', (units, shown) => {
    expect(() => make(units as number)).toThrow(InvalidOptionsError);
    expect(() => make(units as number)).toThrow(
      `${kind}: got units: ${shown}; expected a positive whole number. Give the size of the state, for example ${kind}(256).`,
    );
  });

  test('refuses an unknown option', () => {
    expect(() => make(3, { recurentInit: zeros() } as never)).toThrow(`${kind}: got the unknown option "recurentInit"`);
    expect(() => make(3, { recurentInit: zeros() } as never)).toThrow('Did you mean "recurrentInit"?');
  });

  test('gives a network a state, in its trunk or in a head', () => {
    expect(hasState({ inputShape: [2], trunk: [make(3)], heads: { y: [dense(1)] } })).toBe(true);
    expect(hasState({ inputShape: [2], trunk: [], heads: { x: [dense(1)], y: [make(3)] } })).toBe(true);
    expect(hasState({ inputShape: [2], trunk: [dense(3)], heads: { y: [dense(1)] } })).toBe(false);
  });
});
