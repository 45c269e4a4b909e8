import { fitsFloat32 } from '@pg/core';
import * as z from 'zod/mini';

/** The options that normalisation of observations and of rewards share. */
export const normalizingOptions = {
  clip: z._default(
    z.custom<number>((value) => (fitsFloat32(value) && value > 0) || value === Number.POSITIVE_INFINITY, {
      error: 'a positive number that float32 keeps, or Infinity',
    }),
    10,
  ),
  epsilon: z._default(z.number().check(z.gt(0)), 1e-8),
};
