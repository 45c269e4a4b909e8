import { shapeSize } from '@pg/core';
import type { Layer } from '../../../network/layer.js';
import type { Network } from '../../../network/network.js';
import { type NamedTensor, type ParameterSpec, parameterSpecs } from '../../../network/parameters.js';
import type { Pointer } from '../kernels.js';
import type { Arena } from '../memory/arena.js';
import { sparseCapacity } from '../operations/sparse-input.js';

/** A weight [rows, units] of a layer on the network's own inputs: only rows whose input was other than 0 have a gradient. */
export interface SparseWeight {
  readonly name: string;
  /** Where it begins in the block of parameters, in numbers. */
  readonly offset: number;
  readonly rows: number;
  /** A multiple of 4, so that every row is aligned to 16 bytes. */
  readonly units: number;
  /** The place of its first row among the rows of all such weights. */
  readonly firstRow: number;
}

/** Where each parameter lies in one contiguous block, so that an optimiser walks over all of them at once. */
export interface ParameterLayout {
  /** Numbers in the block, paddings (always zero) included; a multiple of 4. */
  readonly size: number;
  /** Offset of each parameter in bytes. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly specs: readonly ParameterSpec[];
  /** The weights whose rows are kept apart, in the order of their offsets. */
  readonly sparse: readonly SparseWeight[];
  /** Rows of all of them together. */
  readonly sparseRows: number;
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
  return { size, offsets, specs, ...sparseWeights(network, offsets) };
}

function sparseWeights(network: Network, offsets: ReadonlyMap<string, number>): Pick<ParameterLayout, 'sparse' | 'sparseRows'> {
  const sparse: SparseWeight[] = [];
  let sparseRows = 0;
  const rows = shapeSize(network.inputShape);
  for (const [name, units] of inputWeights(network)) {
    if (network.input || sparseCapacity(rows) === 0 || units % 4 !== 0) continue;
    sparse.push({ name, offset: offsets.get(name)! / 4, rows, units, firstRow: sparseRows });
    sparseRows += rows;
  }
  return { sparse: sparse.sort((a, b) => a.offset - b.offset), sparseRows };
}

/** The weights of dense layers that read the network's own inputs, and how many units they have. */
export function inputWeights({ trunk, heads }: Network): [name: string, units: number][] {
  const isFlat = (layer: Layer) => layer.kind === 'flatten';
  const chains = trunk.every(isFlat) ? Object.entries(heads).map(([name, layers]) => [`heads.${name}`, layers] as const) : [['trunk', trunk] as const];
  return chains.flatMap(([prefix, layers]) => {
    const index = layers.findIndex((layer) => !isFlat(layer));
    const layer = layers[index];
    return layer?.kind === 'dense' ? [[`${prefix}.${index}.weight`, layer.units] as [string, number]] : [];
  });
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
