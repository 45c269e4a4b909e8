import { gateCounts, type RecurrentLayer } from '../../network/recurrent-layer.js';
import { gruCell } from './operations/gru-cell.js';
import { lstmCell } from './operations/lstm-cell.js';
import type { Operation } from './operations/operation.js';
import { type RecurrentMemory, recurrentOperation } from './operations/recurrent-operation.js';
import type { RecurrentState, SequenceMemory } from './operations/recurrent-state.js';
import type { Signal } from './operations/signal.js';
import type { PlanContext } from './plan.js';

/** Turns a recurrent layer into an operation; its output is h. */
export function planRecurrent(layer: RecurrentLayer, prefix: string, input: Signal, output: Signal, context: PlanContext): Operation {
  const { kernels } = context;
  const memory = recurrentMemory(layer, prefix, input, context);
  const h = recurrentState(`${prefix}.h`, output, context);
  const c = () => recurrentState(`${prefix}.c`, { ...output, values: context.arena.reserve(context.rows * output.size) }, context);
  const cell = layer.kind === 'lstm' ? lstmCell(kernels, memory, [h, c()]) : gruCell(kernels, memory, [h]);
  return recurrentOperation(kernels, memory, cell, input, output);
}

function recurrentState(name: string, { size, values }: Signal, { arena, rows, blockRows, sequence }: PlanContext): RecurrentState {
  const numbers = sequence!.numEnvs * size;
  return { name, size, initial: arena.reserve(numbers), after: values, before: arena.reserve(rows * size), gradient: blockRows ? arena.reserve(numbers) : 0 };
}

function recurrentMemory(layer: RecurrentLayer, prefix: string, input: Signal, context: PlanContext): RecurrentMemory {
  const { arena, rows, blockRows, layout, parameters, gradients } = context;
  const gateSize = gateCounts[layer.kind] * layer.units;
  const at = (name: string) => layout.offsets.get(`${prefix}.${name}`)!;
  const reserve = (numbers: number) => (numbers === 0 ? 0 : arena.reserve(numbers));
  const gates = arena.reserve(rows * gateSize);
  const gateGradients = reserve(blockRows * gateSize);
  const isSum = layer.kind === 'lstm';
  return {
    ...(context.sequence as SequenceMemory),
    gateSize,
    inputWeight: parameters + at('inputWeight'),
    recurrentWeight: parameters + at('recurrentWeight'),
    inputBias: parameters + at('inputBias'),
    recurrentBias: parameters + at('recurrentBias'),
    inputWeightGradient: gradients + at('inputWeight'),
    recurrentWeightGradient: gradients + at('recurrentWeight'),
    inputBiasGradient: gradients + at('inputBias'),
    recurrentBiasGradient: gradients + at('recurrentBias'),
    inputTransposed: input.gradient ? arena.reserve(input.size * gateSize) : 0,
    recurrentTransposed: blockRows ? arena.reserve(layer.units * gateSize) : 0,
    gates,
    recurrentGates: isSum ? gates : arena.reserve(rows * gateSize),
    gateGradients,
    recurrentGateGradients: isSum ? gateGradients : reserve(blockRows * gateSize),
  };
}
