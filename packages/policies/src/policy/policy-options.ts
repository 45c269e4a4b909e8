import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';

const engine = z.custom<unknown>((value) => typeof value === 'object' && value !== null && 'compile' in value, { error: 'an engine: wasmEngine() of @pg/nn' });
const env = z.custom<unknown>((value) => typeof value === 'object' && value !== null && 'observationSpace' in value && 'actionSpace' in value, {
  error: 'an environment, or an object with its observationSpace and actionSpace',
});

const network = z.custom<unknown>((value) => typeof value === 'object' && value !== null && 'layers' in value && Array.isArray(value.layers), {
  error: "a network of a model of yours: layersModel(model) of '@pg/nn/tfjs'",
});

/** Checks the options of `createPolicy`. */
export function checkCreateOptions(options: unknown): void {
  parseOptions('createPolicy', z.strictObject({ seed: z.optional(z.int()), engine: z.optional(engine) }), options);
}

/** Checks the options of `loadPolicy`. */
export function checkLoadOptions(options: unknown): void {
  const schema = z.strictObject({ env: z.optional(env), seed: z.optional(z.int()), engine: z.optional(engine), network: z.optional(network) });
  parseOptions('loadPolicy', schema, options);
}
