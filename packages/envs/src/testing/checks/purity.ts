import { arrayName, brandOf, Rng, type Space } from '@pg/core';
import type { EnvDefinition } from '@pg/envs';
import type { CheckContext, CheckResult } from '../report.js';
import { ownActions } from './own-actions.js';

/** Steps of the pure functions that are looked at. */
const STEPS = 50;

/** `step`, `observe` and `actionMask` of an environment of pure functions leave the state that they are given as it is. */
export function checkPurity({ spec, seed, steps }: CheckContext): CheckResult {
  const { definition } = spec['~source'];
  if ('create' in definition) return 'nothing to check';
  const [rng, draw] = [Rng.fromSeed(seed).stream('env'), ownActions(definition, seed)];
  let [state, elapsed] = [definition.init(rng), 0];
  for (let t = 0; t < Math.min(steps, STEPS); t++) {
    const before = picture(state);
    definition.observe(state);
    if (before !== picture(state)) return changed('observe', t);
    const mask = definition.actionMask?.(state);
    if (before !== picture(state)) return changed('actionMask', t);
    const { state: next, terminated } = definition.step(state, draw(mask), rng);
    if (before !== picture(state)) return changed('step', t);
    elapsed = terminated || elapsed + 1 >= definition.maxSteps ? 0 : elapsed + 1;
    state = elapsed === 0 ? definition.init(rng) : next;
  }
  return [];
}

/** `observe` gives an array of its own for each state. */
export function checkBuffers({ spec, seed }: CheckContext): CheckResult {
  const { definition, createDynamics } = spec['~source'];
  if ('create' in definition) {
    const [one, other] = [createDynamics(), createDynamics()];
    one.close?.();
    if (one !== other) other.close?.();
    return one === other
      ? [{ got: 'a create() that returns the same copy twice', expected: 'a new one each time', remedy: 'Make the object inside create().' }]
      : [];
  }
  return sameBuffer(definition, seed)
    ? [
        {
          got: 'one array for two observations',
          expected: 'an array for each',
          remedy: 'Make the array inside observe(), or write the environment in its other form, create().',
        },
      ]
    : [];
}

function sameBuffer(definition: EnvDefinition<unknown, Space, Space>, seed: number): boolean {
  const rng = Rng.fromSeed(seed).stream('env');
  const [one, other] = [definition.init(rng), definition.init(rng)];
  const [first, second] = [definition.observe(one), definition.observe(other)];
  return typeof first === 'object' && first === second && one !== other && first.length > 0;
}

function changed(name: string, t: number): CheckResult {
  return [
    {
      got: `${name === 'step' ? 'a' : 'an'} ${name}() that changes the state it is given, at step ${t + 1}`,
      expected: 'a new state, the old one left as it is',
      remedy: 'Copy the state first ({ ...state }, state.slice()), or write the environment in its other form, create().',
    },
  ];
}

/** Everything that a state holds, as text. */
function picture(state: unknown): string {
  const seen = new Set<unknown>();
  return JSON.stringify(state, (_, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return 'seen above';
    seen.add(value);
    if (['Map', 'Set'].includes(brandOf(value))) return [...(value as Iterable<unknown>)];
    return arrayName(value) !== undefined ? Array.from(value as unknown as ArrayLike<number>) : value;
  });
}
