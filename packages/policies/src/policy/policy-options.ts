import { describeValue, InvalidOptionsError, isSpace, parseOptions, requireArgument } from '@pg/core';
import * as z from 'zod/mini';

const engine = z.custom<unknown>((value) => typeof value === 'object' && value !== null && 'compile' in value, { error: 'an engine: wasmEngine() of @pg/nn' });
const AN_ENVIRONMENT = 'an environment, or an object with its observationSpace and actionSpace';
const env = z.custom<unknown>(hasSpaces, { error: AN_ENVIRONMENT });

const network = z.custom<unknown>((value) => typeof value === 'object' && value !== null && 'layers' in value && Array.isArray(value.layers), {
  error: "a network of a model of yours: layersModel(model) of '@pg/nn/tfjs'",
});

function hasSpaces(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'observationSpace' in value &&
    'actionSpace' in value &&
    [value.observationSpace, value.actionSpace].every(isSpace)
  );
}

/** Refuses what is no policy's specification, and what has no spaces to make a policy for; for JavaScript callers. */
export function checkParts(spec: unknown, spaces: unknown): void {
  if (typeof spec !== 'object' || spec === null || !('bind' in spec)) {
    throw new InvalidOptionsError({
      where: 'createPolicy',
      got: describeValue(spec),
      expected: "a policy's specification",
      remedy: 'Pass what categorical(), actorCritic() and their like return: createPolicy(categorical({ network: mlp([64]) }), cartPole()).',
    });
  }
  if (hasSpaces(spaces)) return;
  throw new InvalidOptionsError({
    where: 'createPolicy',
    got: describeValue(spaces),
    expected: AN_ENVIRONMENT,
    remedy: 'Pass it second: createPolicy(policy, cartPole()).',
  });
}

/** Checks the options of `createPolicy`. */
export function checkCreateOptions(options: unknown): void {
  parseOptions('createPolicy', z.strictObject({ seed: z.optional(z.int()), engine: z.optional(engine) }), options);
}

/** Checks the options of `policy.session`. */
export function checkSessionOptions(options: unknown): { readonly numEnvs: number } {
  return parseOptions('policy.session', z.strictObject({ numEnvs: z.int().check(z.gte(1)) }), options);
}

/** Checks the options of `loadPolicy`. */
export function checkLoadOptions(options: unknown): void {
  const schema = z.strictObject({ env: z.optional(env), seed: z.optional(z.int()), engine: z.optional(engine), network: z.optional(network) });
  parseOptions('loadPolicy', schema, options);
}

/** Refuses what a policy cannot be made of. */
export function checkPolicyParts(parts: unknown): void {
  const { name, model } = (parts ?? {}) as { readonly name?: unknown; readonly model?: { readonly network?: unknown } };
  const fits = typeof name === 'string' && hasSpaces(parts) && typeof model?.network === 'object';
  requireArgument(fits, 'Policy', {
    name: 'parts',
    value: parts,
    expected: '{ name, observationSpace, actionSpace, model }, model as a specification binds it',
  });
}
