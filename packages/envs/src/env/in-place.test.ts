import { box, type DtypeArray, discrete, frameStack, type Rng, type Space, type Stage } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { playSingle, playVector } from '../../fixtures/play.js';
import { CopyLayer } from '../copy/copy-layer.js';
import { vectorize } from '../vector/vectorize.js';
import { defineEnv } from './define-env.js';
import type { Dynamics } from './dynamics.js';
import type { EnvCopy, Wrapper } from './wrapper.js';

/** A bright pixel that walks along a strip of 8, at random when it is told to stay; ends at the right edge. */
class Strip implements Dynamics {
  reward = 0;
  terminated = false;
  looks = 0;
  #place = 0;

  begin(rng: Rng): void {
    this.#place = rng.integer(4);
    this.terminated = false;
  }

  step(action: number | Float32Array, rng: Rng): void {
    this.#place = Math.max(0, this.#place + (action === 1 ? 1 : rng.integer(3) - 1));
    this.reward = this.#place;
    this.terminated = this.#place >= 7;
  }

  observe(out: DtypeArray, offset: number): void {
    this.looks += 1;
    out.fill(10, offset, offset + 8);
    out[offset + this.#place] = 255;
  }

  snapshot(): unknown {
    return [this.#place, this.reward, this.terminated];
  }

  restore(snapshot: unknown): void {
    [this.#place, this.reward, this.terminated] = snapshot as [number, number, boolean];
  }

  render() {
    return { width: 8, height: 1, data: new Uint8Array(24).fill(this.#place) };
  }
}

const strip = (create: () => Dynamics = () => new Strip()) =>
  defineEnv({
    id: 'strip',
    observation: box({ shape: [1, 8, 1], low: 0, high: 255, dtype: 'uint8' }),
    action: discrete(2),
    maxSteps: 12,
    create,
  });

/** Twice the reward. */
const doubled =
  () =>
  <TObs extends Space, TAct extends Space>(space: TObs, env: { readonly actionSpace: TAct }): Wrapper<TObs, TAct> => ({
    name: 'doubled',
    space,
    actionSpace: env.actionSpace,
    wrap: (copy: EnvCopy) =>
      new (class extends CopyLayer {
        override get reward(): number {
          return 2 * super.reward;
        }
      })(copy),
  });

describe('an environment that changes in place', () => {
  test('plays alone as in a vector, in bytes', () => {
    const single = playSingle(strip(), { seed: 5, steps: 60 });
    expect(playVector(strip(), 3, { seed: 5, steps: 60 })[0]).toEqual(single);
    expect(single.played.some(({ terminated }) => terminated) && single.played.some(({ truncated }) => truncated)).toBe(true);
    expect(strip().make().reset()).toBeInstanceOf(Uint8Array);
    expect(vectorize(strip(), { numEnvs: 2 }).make().reset()).toBeInstanceOf(Uint8Array);
  });

  test('bytes go into arrays of numbers, numbers not into arrays of bytes', () => {
    const envs = vectorize(strip(), { numEnvs: 2 }).make({ seed: 1 });
    const floats = envs.reset(new Float32Array(16));
    expect(floats).toBeInstanceOf(Float32Array);
    expect(Array.from(floats)).toEqual(Array.from(vectorize(strip(), { numEnvs: 2 }).make({ seed: 1 }).reset()));
    const numbers = vectorize(defineEnv({ ...strip()['~source'].definition, observation: box({ shape: [8], low: 0, high: 255 }) }), { numEnvs: 1 }).make();
    expect(() => numbers.reset(new Uint8Array(8) as never)).toThrow(
      'strip.reset: got obs: a Uint8Array; expected a Float32Array, as the observation space says. Pass an array that holds such numbers.',
    );
  });

  test('is looked at only when somebody looks', () => {
    const made: Strip[] = [];
    const spec = strip(() => {
      made.push(new Strip());
      return made.at(-1)!;
    });
    const every = (k: number) =>
      spec.pipe((space, env) => ({
        name: `every(${k})`,
        space,
        actionSpace: env.actionSpace,
        wrap: (copy) =>
          new (class extends CopyLayer {
            override step(action: number, rng: Rng): void {
              for (let i = 0; i < k && !(i > 0 && (this.terminated || this.truncated)); i++) super.step(action, rng);
            }
          })(copy),
      }));
    const env = every(3).make();
    env.reset();
    env.step(0);
    expect(made[0]!.looks).toBe(2);
  });

  test('a wrapper changes what it is there for', () => {
    const [plain, twice] = [strip(), strip().pipe(doubled())].map((spec) => playSingle(spec, { seed: 2, steps: 30 }));
    expect(strip().pipe(doubled()).id).toBe('strip | doubled');
    expect(twice!.played.map(({ reward }) => reward)).toEqual(plain!.played.map(({ reward }) => 2 * reward));
    expect(twice!.played.map(({ obs }) => obs)).toEqual(plain!.played.map(({ obs }) => obs));
  });

  test('draws itself, if it can', () => {
    const env = strip().make();
    expect(() => env.render()).toThrow('strip.render: got a render before the first reset; expected a running episode. Call reset() first.');
    env.reset();
    expect(env.render()).toMatchObject({ width: 8, height: 1 });
    const blind = strip(() => Object.assign(new Strip(), { render: undefined }) as unknown as Dynamics).make();
    blind.reset();
    expect(() => blind.render()).toThrow('strip.render: got an environment without a picture;');
  });
});

describe('for authors without types', () => {
  test.each([1, undefined, 'no'])('an end that is %s is refused', (terminated) => {
    const env = strip(() => Object.assign(new Strip(), { step: () => {}, begin: () => {}, terminated }) as unknown as Dynamics).make();
    env.reset();
    expect(() => env.step(0)).toThrow(
      /^strip\.step: got terminated: .+ at step 1 of the episode; expected true or false\. Set terminated in begin\(\) and in every step\(\)\.$/,
    );
  });

  test.each([undefined, null, 5])('a create that returns %s is refused', (made) => {
    expect(() => strip(() => made as never).make()).toThrow(
      `strip.create: got ${made}; expected an object { reward, terminated, begin, step, observe, snapshot, restore }. Return one copy of the environment.`,
    );
  });

  test.each(['begin', 'step', 'observe', 'snapshot', 'restore'])('a copy without %s is refused', (method) => {
    expect(() => strip(() => Object.assign(new Strip(), { [method]: undefined }) as unknown as Dynamics).make()).toThrow(
      `strip.create: got a copy without ${method}(); expected an object { reward, terminated, begin, step, observe, snapshot, restore }.`,
    );
  });
});

describe('a shortcut', () => {
  /** Answers for the first stage, without asking for the picture. */
  class Quick extends Strip {
    shortcut(stages: readonly Stage[]) {
      if (stages[0]?.name !== 'frameStack(2)') return undefined;
      const inner = () => {
        const frame = new Uint8Array(8);
        super.observe(frame, 0);
        return frame;
      };
      let [before, now] = [new Uint8Array(8), new Uint8Array(8)];
      return {
        stages: 1,
        begin: () => {
          now = inner();
          before = now;
        },
        step: () => {
          before = now;
          now = inner();
        },
        observe: (out: DtypeArray, offset: number) => {
          for (let i = 0; i < 8; i++) out.set([before[i]!, now[i]!], offset + 2 * i);
        },
        snapshot: () => [before, now],
        restore: (snapshot: unknown) => {
          [before, now] = snapshot as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
        },
      };
    }
  }

  test('stands for the stages that it names, and only these', () => {
    const long = strip().pipe(frameStack(2));
    const short = strip(() => new Quick()).pipe(frameStack(2));
    expect(playSingle(short, { seed: 1, steps: 50 })).toEqual(playSingle(long, { seed: 1, steps: 50 }));
    expect(playSingle(short.pipe(doubled()), { seed: 1, steps: 50 })).toEqual(playSingle(long.pipe(doubled()), { seed: 1, steps: 50 }));
    const behind = strip(() => new Quick())
      .pipe(doubled())
      .pipe(frameStack(2));
    expect(playSingle(behind, { seed: 1, steps: 50 })).toEqual(playSingle(long.pipe(doubled()), { seed: 1, steps: 50 }));
  });
});
