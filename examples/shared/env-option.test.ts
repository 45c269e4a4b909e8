import { pongVersions } from '@pg/envs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { envOption } from './env-option.js';

describe('envOption', () => {
  test('offers every version of an environment, and no other', () => {
    expect(envOption('CartPole-v1', ['CartPole'])).toEqual({
      default: 'CartPole-v1',
      choices: ['CartPole-v0', 'CartPole-v1'],
      description: 'the environment, in one of its versions',
      environment: true,
    });
    expect(envOption('CartPoleSwingUp-v0', ['CartPoleSwingUp']).choices).toEqual(['CartPoleSwingUp-v0', 'CartPoleSwingUp-v1']);
    expect(envOption('Pong-v4', ['Pong']).choices).toEqual(Object.keys(pongVersions));
    expect(envOption('Pong-v4', ['Pong', 'Breakout']).choices).toHaveLength(20);
  });

  test('its choices are known to the compiler', () => {
    expectTypeOf(envOption('CartPole-v0', ['CartPole']).choices).toEqualTypeOf<readonly ('CartPole-v0' | 'CartPole-v1')[]>();
    expectTypeOf(envOption('Pong-v0', ['Pong']).default).toEqualTypeOf<keyof typeof pongVersions>();
    // @ts-expect-error a version of another environment
    envOption('Pong-v0', ['Breakout']);
  });
});
