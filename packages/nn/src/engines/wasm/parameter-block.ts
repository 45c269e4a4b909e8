import { shapeSize } from '@pg/core';
import type { Network } from '../../network/network.js';
import { type NamedTensor, type ParameterSpec, parameterSpecs } from '../../network/parameters.js';
import type { Arena } from './arena.js';
import type { Pointer } from './kernels.js';

/** Where each parameter lies in one contiguous block, so that an optimiser walks over all of them at once. */
export interface ParameterLayout {
  /** Numbers in the block, paddings (always zero) included; a multiple of 4. */
  readonly size: number;
  /** Offset of each parameter in bytes. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly specs: readonly ParameterSpec[];
}

/** Lays the parameters of a network out, each aligned to 16 bytes. */
export function layoutParameters(network: Network): ParameterLayout {
  const specs = parameterSpecs(network);
  const offsets = new Map<string, number>();
  let size = 0;
  for (const { name, shape } of specs) {
    offsets.set(name, size * 4);
    size += Math.ceil(shapeSize(shape) / 4) * 4;
  }
  return { size, offsets, specs };
}

/** Views of a block that is laid out like the parameters, with `prefix` before each name. */
export function viewTensors(arena: Arena, layout: ParameterLayout, block: Pointer, prefix = ''): NamedTensor[] {
  return layout.specs.map(({ name, shape }) => ({
    name: prefix + name,
    shape,
    values: arena.floats(block + layout.offsets.get(name)!, shapeSize(shape)),
  }));
}

/** Names and shapes of the parameters, for messages and comparisons: `trunk.0.weight [4, 64]`. */
export function describeLayout({ specs }: ParameterLayout): string[] {
  return specs.map(({ name, shape }) => `${name} [${shape.join(', ')}]`);
}
