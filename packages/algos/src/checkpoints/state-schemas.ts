import * as z from 'zod/mini';

/** A whole number from 0 on. */
export const count = z.int().check(z.gte(0));

const words = z.array(z.int()).check(z.length(4));

/** The state of a random stream. */
export const rngState = z.strictObject({ key: words, generator: words }).check(z.refine(({ generator }) => generator.some((word) => word !== 0)));
