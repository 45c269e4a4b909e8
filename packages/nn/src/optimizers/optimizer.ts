import type { Adam } from './adam.js';
import type { RmsProp } from './rmsprop.js';
import type { Sgd } from './sgd.js';

/** How parameters follow gradients, as a value; the engine keeps the state. */
export type Optimizer = Adam | RmsProp | Sgd;
