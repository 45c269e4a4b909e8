import { type ActivationName, elu, type Initializer, type Layer, orthogonal, relu, sigmoid, tanh } from '@pg/nn';
import * as z from 'zod/mini';

/** The layer of each activation's name. */
export const activations: Readonly<Record<ActivationName, () => Layer>> = { tanh, relu, elu, sigmoid };

/** What the layers of all networks can be told, for their options. */
export const hiddenShape = {
  bias: z._default(z.boolean(), true),
  weightInit: z._default(
    z.custom<Initializer>((value) => typeof value === 'function', { error: 'an initialiser of @pg/nn' }),
    // a default that is a function would be called
    () => orthogonal(Math.SQRT2),
  ),
};
