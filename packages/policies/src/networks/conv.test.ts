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

  test('a policy reads images with it; without layers it sees them flat', () => {
    for (const network of [conv([{ filters: 4, kernel: 3, padding: 1 }]), conv([])]) {
      const policy = createPolicy(categorical({ network }), pictures, { seed: 2 });
      const total = [0, 1, 2].reduce((sum, action) => sum + Math.exp(policy.logProb(picture, action)), 0);
      expect(total).toBeCloseTo(1, 6);
      expect(policy.entropy(picture)).toBeGreaterThan(0);
    }
  });

  test('refuses what does not fit', () => {
    expect(() => conv(3 as never)).toThrow('conv: got 3; expected a list of convolutions, and a list of layer sizes. Write conv([{ filters: 16,');
    expect(() => conv([{ filters: 1, kernel: 3, strid: 1 } as never])).toThrow('Did you mean "stride"?');
    expect(() => createPolicy(categorical({ network: conv([{ filters: 1, kernel: 9 }]) }), pictures)).toThrow(
      'conv2d: got inputs of shape [6, 5, 2]; expected images [height, width, channels] of at least 9×9 pixels',
    );
  });
});
