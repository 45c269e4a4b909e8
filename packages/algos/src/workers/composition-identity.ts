import { InvalidOptionsError, type OptionSchema, parseOptions } from '@pg/core';
import { withoutNormalization } from '@pg/envs';
import type { AnyEnv, AnyPolicy } from '../builder/fits.js';
import { describeRun, findDifference, showPart } from '../checkpoints/describe-run.js';

/** What two compositions have to agree in, as plain data that can be posted. */
export interface CompositionIdentity {
  /** `a2c`, for example. */
  readonly algorithm: string;
  /** Its id, copies and time limit. */
  readonly environment: object;
  /** Its layers, distribution and spaces. */
  readonly policy: object;
  /** All options, the defaults filled in; of a function it says no more than that it is one. */
  readonly options: object;
}

/** What is composed. */
interface Parts {
  readonly env: AnyEnv;
  readonly policy: AnyPolicy;
  readonly options?: object;
}

/** What a composition is, as far as another thread can tell. */
export function identityOf(algorithm: string, schema: OptionSchema<unknown>, { env, policy, options }: Parts): CompositionIdentity {
  const { observationSpace, actionSpace } = withoutNormalization(env);
  const described = { name: policy.name, observationSpace, actionSpace, model: policy.bind(env), observationScaling: undefined };
  const parsed = parseOptions(algorithm, schema, options ?? {}) as object;
  return {
    ...describeRun(algorithm, env, { policy: described, options: {} }),
    options: Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, typeof value === 'function' ? 'a function' : value])),
  };
}

/**
 * Refuses a module that exports another builder than the one that was built.
 *
 * @throws InvalidOptionsError naming the first difference
 */
export function requireSameComposition(here: CompositionIdentity, there: CompositionIdentity): void {
  for (const part of ['algorithm', 'environment', 'policy', 'options'] as const) {
    const difference = findDifference(here[part], there[part], [part]);
    if (difference === undefined) continue;
    const { path, a, b } = difference;
    throw new InvalidOptionsError({
      where: there.algorithm,
      got: `a module that exports another builder: its ${path.join('.')} is ${showPart(a)}`,
      expected: `${showPart(b)}, as it is built here`,
      remedy: 'Export the whole builder from the module, and build that very export.',
    });
  }
}
