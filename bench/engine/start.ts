import { Rng } from '@pg/core';
import { initialParameters, type NamedTensor, type Network } from '@pg/nn';

const known = new Map<Network, readonly NamedTensor[]>();

/** The parameters that both sides start from; made once, as orthogonal ones take a while. */
export function startOf(network: Network): readonly NamedTensor[] {
  const parameters = known.get(network) ?? initialParameters(network, Rng.fromSeed(2));
  known.set(network, parameters);
  return parameters;
}
