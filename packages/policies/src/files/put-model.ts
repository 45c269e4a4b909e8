import { InvalidOptionsError } from '@pg/core';
import type { Layer, ModelLayer, Network } from '@pg/nn';
import type { NetworkSpec } from '../networks/network-spec.js';
import { modelDocument } from './policy-document.js';

/**
 * A file's network with the user's model in its place: the file has the weights of one, but not the model.
 *
 * @throws InvalidOptionsError when there is none for the file's, or one of other shapes, or one that the file has no place for
 */
export function putModel(where: string, network: Network, spec: NetworkSpec<never> | undefined): Network {
  const found = [network.trunk, ...Object.values(network.heads)].flat().find(isModel);
  const given = spec?.layers.find(isModel);
  if (found === undefined && spec === undefined) return network;
  if (found === undefined || given === undefined || shapesOf(found) !== shapesOf(given)) {
    throw new InvalidOptionsError({
      where,
      got:
        spec === undefined
          ? 'no "network"'
          : given === undefined
            ? `network: ${spec.name}, which is no model of yours`
            : `network: ${spec.name} (${shapesOf(given)})`,
      expected:
        found === undefined
          ? 'none: the file says what its network is'
          : `the model that was trained (${shapesOf(found)}), which the file has only the weights of`,
      remedy: found === undefined ? 'Leave "network" out.' : 'Build it as it was built then, and give network: layersModel(model).',
    });
  }
  const put = (layers: readonly Layer[]) => layers.map((layer) => (isModel(layer) ? given : layer));
  const heads = Object.entries(network.heads).map(([head, layers]) => [head, put(layers)]);
  return { ...network, trunk: put(network.trunk), heads: Object.fromEntries(heads) };
}

function isModel(layer: Layer): layer is ModelLayer {
  return layer.kind === 'model';
}

function shapesOf(layer: ModelLayer): string {
  const { inputShape, outputShape, weights } = modelDocument(layer);
  const show = (shape: readonly number[]) => `[${shape.join(', ')}]`;
  return `${show(inputShape)} to ${show(outputShape)}, weights ${weights.map(show).join(' ')}`;
}
