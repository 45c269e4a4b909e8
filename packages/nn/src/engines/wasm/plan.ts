import { shapeSize } from '@pg/core';
import type { Layer } from '../../network/layer.js';
import type { Network } from '../../network/network.js';
import { activationOperation } from './activation-operation.js';
import type { Arena } from './arena.js';
import { denseOperation } from './dense-operation.js';
import type { Kernels, Pointer } from './kernels.js';
import type { Operation } from './operation.js';
import type { ParameterLayout } from './parameter-block.js';
import type { Signal } from './signal.js';

/** What a plan is made with. */
export interface PlanContext {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly rows: number;
  /** Rows in a block of the backward pass; 0 when the network does not learn. */
  readonly blockRows: number;
  readonly layout: ParameterLayout;
  readonly parameters: Pointer;
  /** 0 when the network does not learn. */
  readonly gradients: Pointer;
}

/** A network as operations in the order of the forward pass. */
export interface Plan {
  readonly input: Signal;
  readonly heads: ReadonlyMap<string, Signal>;
  readonly operations: readonly Operation[];
}

/** Turns a network's layers into operations over signals. */
export function planNetwork(network: Network, context: PlanContext): Plan {
  const operations: Operation[] = [];
  const size = shapeSize(network.inputShape);
  const input: Signal = { size, values: context.arena.reserve(context.rows * size), gradient: 0, gradientOfAllRows: false };
  const trunk = chain(network.trunk, 'trunk', input, false, context, operations);
  const heads = new Map<string, Signal>();
  for (const [name, layers] of Object.entries(network.heads)) heads.set(name, chain(layers, `heads.${name}`, trunk, true, context, operations));
  markAccumulation(operations);
  return { input, heads, operations };
}

/** Appends the operations of a chain of layers that starts at a signal; returns the signal it ends in. */
function chain(layers: readonly Layer[], prefix: string, start: Signal, isHead: boolean, context: PlanContext, operations: Operation[]): Signal {
  const lastDense = layers.findLastIndex((layer) => layer.kind === 'dense');
  let signal = start;
  for (const [index, layer] of layers.entries()) {
    const allRows = isHead && index >= lastDense;
    if (layer.kind === 'dense') {
      const output = newSignal(context, layer.units, allRows);
      operations.push(denseOperation(context.kernels, denseMemory(context, `${prefix}.${index}`, signal, output), signal, output));
      signal = output;
    } else {
      // a signal that others read too must stay as it is
      const output = signal === start ? newSignal(context, signal.size, allRows) : signal;
      operations.push(activationOperation(context.kernels, layer.activation, signal, output));
      signal = output;
    }
  }
  return signal;
}

function newSignal(context: PlanContext, size: number, gradientOfAllRows: boolean): Signal {
  const gradientRows = context.blockRows === 0 ? 0 : gradientOfAllRows ? context.rows : context.blockRows;
  return {
    size,
    values: context.arena.reserve(context.rows * size),
    gradient: gradientRows === 0 ? 0 : context.arena.reserve(gradientRows * size),
    gradientOfAllRows,
  };
}

function denseMemory(context: PlanContext, prefix: string, input: Signal, output: Signal) {
  const { arena, layout, parameters, gradients } = context;
  const offset = (name: string) => layout.offsets.get(`${prefix}.${name}`);
  const weight = offset('weight')!;
  const bias = offset('bias');
  return {
    weight: parameters + weight,
    bias: bias === undefined ? 0 : parameters + bias,
    weightGradient: gradients + weight,
    biasGradient: gradients + (bias ?? 0),
    transposed: input.gradient ? arena.reserve(input.size * output.size) : 0,
  };
}

/** In the backward pass the first operation to reach a signal writes its gradient, later ones add to it. */
function markAccumulation(operations: readonly Operation[]): void {
  const written = new Set<Signal>();
  for (const operation of operations.toReversed()) {
    if (operation.input === operation.output) continue;
    operation.accumulate = written.has(operation.input);
    written.add(operation.input);
  }
}
