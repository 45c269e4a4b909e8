import { box, type Dtype, IncompatiblePolicyError, NonFiniteError } from '@pg/core';
import { elu, type Network, zeros } from '@pg/nn';
import { describe, expect, test } from 'vitest';
import { pictures } from '../../fixtures/policies.js';
import { createPolicy } from '../policy/create-policy.js';
import { categorical } from '../specs/categorical.js';
import { conv } from './conv.js';

const picture = Float32Array.from({ length: 60 }, (_, i) => (i % 7) / 7);

describe('conv', () => {
  test('convolutions and fully connected layers, each with relu', () => {
    const { layers, inputRank } = conv(
      [
        { filters: 8, kernel: 4, stride: 2 },
        { filters: 16, kernel: 3 },
      ],
      [32],
    );
    expect(inputRank).toBe(3);
    expect(layers.map((layer) => (layer.kind === 'activation' ? layer.activation : layer.kind))).toEqual(['conv2d', 'relu', 'conv2d', 'relu', 'dense', 'relu']);
    expect(layers[0]).toMatchObject({ filters: 8, kernel: 4, stride: 2, padding: 0, bias: true });
  });

  test('takes another activation, other starting values, and no biases, for all layers', () => {
    const weightInit = zeros();
    const { layers } = conv([{ filters: 4, kernel: 3, padding: 1 }], [8], { activation: 'elu', bias: false, weightInit });
    expect(layers).toMatchObject([
      { kind: 'conv2d', filters: 4, kernel: 3, padding: 1, bias: false, weightInit },
      elu(),
      { kind: 'dense', units: 8, bias: false, weightInit },
      elu(),
    ]);
    expect(() => conv([], [], { activation: 'gelu' as never })).toThrow('conv: got activation: "gelu"; expected one of: "tanh", "relu", "elu", "sigmoid".');
  });

  test('a policy reads images with it; without layers it sees them flat', () => {
    for (const network of [conv([{ filters: 4, kernel: 3, padding: 1 }]), conv([])]) {
      const policy = createPolicy(categorical({ network }), pictures, { seed: 2 });
      const total = [0, 1, 2].reduce((sum, action) => sum + Math.exp(policy.logProb(picture, action)), 0);
      expect(total).toBeCloseTo(1, 6);
      expect(policy.entropy(picture)).toBeGreaterThan(0);
    }
  });

  test.each<[string, Dtype, Dtype | undefined, Network['input']]>([
    ['numbers stay numbers', 'float32', undefined, undefined],
    ['bytes stay bytes', 'uint8', undefined, { dtype: 'uint8', scale: 1 / 255 }],
    ['numbers are kept as bytes', 'float32', 'uint8', { dtype: 'uint8', scale: 1 / 255 }],
    ['bytes are read as numbers', 'uint8', 'float32', undefined],
  ])('%s', (_, dtype, option, expected) => {
    const observationSpace = box({ shape: [6, 5, 2], low: 0, high: 255, dtype });
    const { network } = categorical({ network: conv([], [], { ...(option && { input: option }) }) }).bind({ ...pictures, observationSpace });
    expect(network.input).toEqual(expected);
    expect(network.inputShape).toEqual([6, 5, 2]);
  });

  test('a policy on bytes reads byte/255; numbers are rounded and brought within the bytes', () => {
    const spaces = { ...pictures, observationSpace: box({ shape: [6, 5, 2], low: 0, high: 255 }) };
    const layers = [{ filters: 4, kernel: 3 }];
    const bytes = createPolicy(categorical({ network: conv(layers, [8], { input: 'uint8' }) }), spaces, { seed: 4 });
    const numbers = createPolicy(categorical({ network: conv(layers, [8]) }), spaces, { seed: 4 });
    for (const { parameters } of [bytes, numbers]) for (const { values } of parameters) for (let i = 0; i < values.length; i++) values[i]! *= 5;
    const frame = Float32Array.from({ length: 60 }, (_value, i) => (i * 37) % 256);
    const scaled = frame.map((value) => value * Math.fround(1 / 255));
    expect(bytes.logProb(frame, 1)).toBe(numbers.logProb(scaled, 1));
    expect(bytes.logProb(frame, 1)).not.toBe(numbers.logProb(frame, 1));
    const off = frame.map((value) => (value === 0 ? -20 : value + 0.3));
    expect(bytes.logProb(off, 1)).toBe(bytes.logProb(frame, 1));
    expect(() => bytes.act(frame.with(7, Number.NaN))).toThrow(NonFiniteError);
  });

  test('only numbers from 0 to 255 are kept as bytes', () => {
    const observationSpace = box({ shape: [6, 5, 2], low: -1, high: 1 });
    const bind = () => categorical({ network: conv([], [], { input: 'uint8' }) }).bind({ ...pictures, observationSpace });
    expect(bind).toThrow(IncompatiblePolicyError);
    expect(bind).toThrow(
      'categorical: got observations of Box<[6, 5, 2]> with the bounds [-1, 1] at element 0; expected bounds within 0 and 255, which conv(0 layers) keeps as bytes. Leave out input: "uint8"',
    );
  });

  test('refuses what does not fit', () => {
    expect(() => conv([], [], { input: 'int8' as never })).toThrow('conv: got input: "int8"; expected one of: "float32", "uint8"');
    expect(() => conv([], [], { inptu: 'uint8' } as never)).toThrow('Did you mean "input"?');
    expect(() => conv(3 as never)).toThrow('conv: got 3; expected a list of convolutions, and a list of layer sizes. Write conv([{ filters: 16,');
    expect(() => conv([{ filters: 1, kernel: 3, strid: 1 } as never])).toThrow('Did you mean "stride"?');
    expect(() => createPolicy(categorical({ network: conv([{ filters: 1, kernel: 9 }]) }), pictures)).toThrow(
      'conv2d: got inputs of shape [6, 5, 2]; expected images [height, width, channels] of at least 9×9 pixels',
    );
  });
});
