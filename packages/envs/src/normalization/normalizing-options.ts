import * as z from 'zod/mini';

/** The options that normalisation of observations and of rewards share. */
export const normalizingOptions = {
  clip: z._default(
    z.custom<number>((value) => typeof value === 'number' && value > 0, { error: 'a positive number, or Infinity' }),
    10,
  ),
  epsilon: z._default(z.number().check(z.gt(0)), 1e-8),
};
