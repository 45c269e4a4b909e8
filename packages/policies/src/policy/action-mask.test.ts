import { InvalidActionError, InvalidOptionsError, InvalidShapeError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { makers, pictures } from '../../fixtures/policies.js';
import { conv } from '../networks/conv.js';
import { categorical } from '../specs/categorical.js';
import { createPolicy } from './create-policy.js';

const obs = Float32Array.from({ length: 60 }, (_, i) => i / 60);
const policy = createPolicy(categorical({ network: conv([]) }), pictures, { seed: 1 });
policy.parameters.find(({ name }) => name === 'heads.logits.0.bias')!.values.set([1, 3, 2]);

describe('a mask', () => {
  test('leaves the probabilities of what is allowed in their proportions', () => {
    const free = [0, 1, 2].map((action) => Math.exp(policy.logProb(obs, action)));
    const masked = [0, 1, 2].map((action) => Math.exp(policy.logProb(obs, action, { mask: [true, false, true] })));
    const rest = free[0]! + free[2]!;
    expect(masked[1]).toBe(0);
    expect(masked[0]).toBeCloseTo(free[0]! / rest, 6);
    expect(masked[2]).toBeCloseTo(free[2]! / rest, 6);
    expect(policy.logProb(obs, 1, { mask: new Uint8Array([1, 0, 1]) })).toBe(-Infinity);
    expect(policy.logProb(obs, 2, { mask: [1, 0, 1] })).toBe(policy.logProb(obs, 2, { mask: [true, false, true] }));
    expect(policy.entropy(obs, { mask: [true, false, true] })).toBeCloseTo(-masked[0]! * Math.log(masked[0]!) - masked[2]! * Math.log(masked[2]!), 6);
  });

  test('is of one call: the next is free again', () => {
    expect(policy.act(obs, { greedy: true })).toBe(1);
    expect(policy.act(obs, { greedy: true, mask: [true, false, true] })).toBe(2);
    expect(policy.act(obs, { greedy: true, mask: Uint8Array.of(1, 0, 0) })).toBe(0);
    expect(policy.act(obs, { greedy: true })).toBe(1);
  });

  test('never lets a forbidden action be drawn', () => {
    const drawn = Array.from({ length: 400 }, () => policy.act(obs, { mask: [true, false, true] }));
    expect([drawn.includes(0), drawn.includes(1), drawn.includes(2)]).toEqual([true, false, true]);
  });

  test('that allows everything draws what no mask draws', () => {
    const draw = (mask?: boolean[]) => {
      const fresh = createPolicy(categorical({ network: conv([]) }), pictures, { seed: 1 });
      return Array.from({ length: 50 }, () => fresh.act(obs, { mask }));
    };
    expect(draw([true, true, true])).toEqual(draw());
  });
});

describe('refused', () => {
  test('a mask that allows nothing', () => {
    expect(() => policy.act(obs, { mask: [false, false, false] })).toThrow(InvalidActionError);
    expect(() => policy.act(obs, { mask: [false, false, false] })).toThrow(
      'policy.act: got a mask that allows none of the 3 actions; expected at least one allowed action. Allow an action, or end the episode',
    );
    expect([0, 1, 2]).toContain(policy.act(obs));
  });

  test.each<[unknown, string]>([
    [[true, false], '[true, false]'],
    [Uint8Array.of(1, 1, 1, 1), 'Uint8Array[1, 1, 1, 1]'],
    [Uint8Array.of(1, 2, 0), 'Uint8Array[1, 2, 0]'],
    [['a', 'b', 'c'], '["a", "b", "c"]'],
    [3, '3'],
    [null, 'null'],
  ])('the mask %j', (mask, shown) => {
    expect(() => policy.act(obs, { mask: mask as Uint8Array })).toThrow(InvalidShapeError);
    expect(() => policy.act(obs, { mask: mask as Uint8Array })).toThrow(`policy.act: got the mask ${shown}; expected 3 times 0 or 1, or true or false.`);
  });

  test.each(['bernoulli', 'diagonalGaussian'] as const)('a mask for %s', (kind) => {
    const other = makers[kind]();
    const use = () => other.act(new Float32Array(other.observationSpace.low.length), { mask: [true, true] });
    expect(use).toThrow(InvalidOptionsError);
    expect(use).toThrow('policy.act: got a mask for a policy that does not choose by a softmax; expected no mask. Use categorical, or actorCritic');
  });
});
