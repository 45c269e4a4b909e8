import { contains, type DtypeArray, describeSpace, describeValue, elementSize, Rng, type Space } from '@pg/core';
import type { Dynamics, EnvDefinition } from '@pg/envs';
import type { CheckContext, CheckResult } from '../report.js';
import { ownActions } from './own-actions.js';

/** Steps of one copy that are looked at. */
const STEPS = 50;

/** What the author's own functions observe, before it is stored as the space says: a byte could hide that 300 has become 44. */
export function checkOwnObservations({ spec, seed, steps }: CheckContext): CheckResult {
  const { definition, createDynamics, masksActions } = spec['~source'];
  const [rng, draw] = [Rng.fromSeed(seed).stream('env'), ownActions(definition, seed)];
  const look = 'create' in definition ? lookIntoPlace : lookAtState;
  const subject = 'create' in definition ? createDynamics() : new States(definition);
  try {
    let elapsed = 0;
    for (let t = 0; t <= Math.min(steps, STEPS); t++) {
      const fresh = t === 0 || subject.terminated || elapsed >= definition.maxSteps;
      elapsed = fresh ? 0 : elapsed + 1;
      if (fresh) subject.begin(rng);
      else subject.step(draw(masksActions ? ownMask(subject, definition.action) : undefined), rng);
      const problem = look(definition.observation, subject as never);
      if (problem !== undefined) return [problem];
    }
    return [];
  } finally {
    subject.close?.();
  }
}

/** A pure environment with its state. */
class States {
  terminated = false;
  readonly definition: EnvDefinition<unknown, Space, Space>;
  #state: unknown;

  constructor(definition: EnvDefinition<unknown, Space, Space>) {
    this.definition = definition;
  }

  begin(rng: Rng): void {
    this.#state = this.definition.init(rng);
    this.terminated = false;
  }

  step(action: number, rng: Rng): void {
    const { state, terminated } = this.definition.step(this.#state, action as never, rng);
    this.#state = state;
    this.terminated = terminated;
  }

  mask(): ArrayLike<number | boolean> {
    return this.definition.actionMask!(this.#state) as ArrayLike<number | boolean>;
  }

  observe(): ArrayLike<number> | number {
    return this.definition.observe(this.#state);
  }

  close?(): void;
}

/** What the author's own function allows. */
function ownMask(subject: States | Dynamics, space: Space): ArrayLike<number | boolean> {
  if (subject instanceof States) return subject.mask();
  const mask = new Uint8Array(space.kind === 'discrete' ? space.size : 0);
  subject.actionMask!(mask, 0);
  return mask;
}

function lookAtState(space: Space, states: States) {
  const seen = states.observe();
  const value = space.kind === 'discrete' && typeof seen !== 'number' ? seen[0] : seen;
  return outside(space, typeof value === 'number' && space.kind === 'box' ? [value] : value);
}

/** Observes into the middle of a larger array: everything there has to be written, nothing beside it. */
function lookIntoPlace(space: Space, dynamics: Dynamics) {
  const size = elementSize(space);
  const out = new Float32Array(size + 2).fill(Number.NaN);
  dynamics.observe(out as DtypeArray, 1);
  const middle = out.slice(1, size + 1);
  if (!Number.isNaN(out[0]) || !Number.isNaN(out[size + 1])) {
    return {
      got: 'an observe that writes beside its place',
      expected: `${size} numbers from offset on`,
      remedy: 'Write to out[offset + i], and only there: copies share one array.',
    };
  }
  const missing = middle.findIndex(Number.isNaN);
  if (missing >= 0)
    return { got: `an observe that leaves element ${missing} as it was, or NaN`, expected: `${size} numbers`, remedy: 'Write every element, every time.' };
  const again = new Float32Array(size);
  dynamics.observe(again as DtypeArray, 0);
  const changed = again.findIndex((value, i) => !Object.is(value, middle[i]));
  if (changed >= 0) {
    return {
      got: `${middle[changed]} and then ${again[changed]} in element ${changed} of one observation that is looked at twice`,
      expected: 'an observe that changes nothing',
      remedy: 'Move what changes into step().',
    };
  }
  return outside(space, space.kind === 'discrete' ? middle[0] : middle);
}

function outside(space: Space, value: unknown) {
  if (contains(space, value)) return undefined;
  return {
    got: `the observation ${describeValue(value)}${boundAround(space, value)}`,
    expected: `an element of ${describeSpace(space)}`,
    remedy: 'Widen the bounds of the observation space, or clip what observe gives.',
  };
}

/** Which element is out of bounds. */
export function boundAround(space: Space, value: unknown): string {
  if (space.kind === 'discrete' || typeof value !== 'object' || value === null) return '';
  const numbers = Array.from(value as ArrayLike<number>);
  const i = numbers.findIndex((x, index) => !(Math.fround(x) >= space.low[index]! && Math.fround(x) <= space.high[index]!));
  return i < 0 ? '' : ` with ${numbers[i]} at element ${i}, outside [${space.low[i]}, ${space.high[i]}]`;
}
