import { exp } from '@pg/core';
import type { TrainableNetwork } from '@pg/nn';
import type { PolicyModel } from '@pg/policies';

/** The mean of σ over the dimensions of a Gaussian's actions, where it is free of the observation; nothing elsewhere. */
export function gaussianStd({ distribution }: Pick<PolicyModel, 'distribution'>, network: TrainableNetwork): { readonly std?: number } {
  const vector = distribution.kind === 'diagonalGaussian' ? distribution.logStd : undefined;
  const logStd = network.parameters.find(({ name }) => name === vector)?.values;
  if (logStd === undefined) return {};
  let sum = 0;
  for (let i = 0; i < logStd.length; i++) sum += exp(logStd[i]!);
  return { std: sum / logStd.length };
}
