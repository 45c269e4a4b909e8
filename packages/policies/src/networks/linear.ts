import type { Box, Dtype } from '@pg/core';
import type { NetworkSpec } from './network-spec.js';

/** No hidden layers: the outputs are linear in the observation. */
export function linear(): NetworkSpec<Box<readonly [number], Dtype>> {
  return { name: 'linear()', inputRank: 1, layers: [] };
}
