import type { GruLayer } from './gru.js';
import type { Layer } from './layer.js';
import type { LstmLayer } from './lstm.js';
import type { Network } from './network.js';
import { requireNetwork } from './require-network.js';

/** A layer with a state that goes from one time step to the next. */
export type RecurrentLayer = LstmLayer | GruLayer;

/** How many gates a layer has, each with `units` columns of the weights. */
export const gateCounts = { lstm: 4, gru: 3 } as const;

/** Whether a layer has a state. */
export function isRecurrent(layer: Layer): layer is RecurrentLayer {
  return layer.kind === 'lstm' || layer.kind === 'gru';
}

/** Whether a network has a layer with a state. */
export function hasState(network: Network): boolean {
  requireNetwork('hasState', network);
  const { trunk, heads } = network;
  return [trunk, ...Object.values(heads)].some((layers) => layers.some(isRecurrent));
}
