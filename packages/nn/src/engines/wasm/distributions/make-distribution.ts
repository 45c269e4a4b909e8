import type { DistributionSpec } from '../../distribution-spec.js';
import { bernoulliDistribution } from './bernoulli-distribution.js';
import { categoricalDistribution } from './categorical-distribution.js';
import type { DistributionContext, WasmDistribution } from './distribution-kernels.js';
import { gaussianDistribution } from './gaussian-distribution.js';

/** Reserves the memory of a distribution that has been checked to fit. */
export function makeDistribution(context: DistributionContext, spec: DistributionSpec): WasmDistribution {
  if (spec.kind === 'categorical') return categoricalDistribution(context, spec);
  return spec.kind === 'bernoulli' ? bernoulliDistribution(context, spec) : gaussianDistribution(context, spec);
}
