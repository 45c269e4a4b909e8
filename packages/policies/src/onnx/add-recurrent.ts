import type { GruLayer, LstmLayer, NamedTensor } from '@pg/nn';
import type { OnnxGraph } from './onnx-graph.js';

/** Our gates in the order in which ONNX has them: i, o, f, c of i, f, g, o; and z, r, h of r, z, n. */
const gateOrders = { lstm: [0, 3, 1, 2], gru: [1, 0, 2] } as const;
const operators = { lstm: 'LSTM', gru: 'GRU' } as const;
const states = { lstm: ['h', 'c'], gru: ['h'] } as const;

/**
 * One step of a recurrent layer for every row: its state comes in as `<name>.h` (and `<name>.c`) and goes out as `next.<name>.h`.
 *
 * @returns the layer's output [batch, units]
 */
export function addRecurrent(
  graph: OnnxGraph,
  layer: LstmLayer | GruLayer,
  value: string,
  { name, parameters }: { readonly name: string; readonly parameters: ReadonlyMap<string, NamedTensor> },
): string {
  const { kind, units } = layer;
  const firstAxis = graph.indices([0]);
  const ports = states[kind].map((state) => ({ name: `${name}.${state}`, type: 'float32' as const, shape: [units] }));
  const before = ports.map((port) => graph.input({ ...port, description: 'state before the step; zeros at the start of an episode' }));
  const inputs = [value, ...before].map((each) => graph.add('Unsqueeze', [each, firstAxis]));
  const [weight, recurrentWeight, biases] = addWeights(graph, layer, name, parameters);
  const after = graph.addMany(
    operators[kind],
    [inputs[0]!, weight, recurrentWeight, biases, '', ...inputs.slice(1)],
    ['-', ...ports.map(() => '' as const)],
    // what ONNX leaves open about the GRU: the reset gate stands behind h·U + d
    { hidden_size: units, ...(kind === 'gru' && { linear_before_reset: 1 }) },
  );
  const rows = after.map((state) => graph.add('Squeeze', [state, firstAxis]));
  for (const [i, port] of ports.entries())
    graph.output({ ...port, name: `next.${port.name}`, description: `goes in as ${port.name} with the next step` }, rows[i]!);
  return rows[0]!;
}

/** [1, gates·units, inputs], [1, gates·units, units] and both biases [1, 2·gates·units], the gates in the order of ONNX. */
function addWeights(graph: OnnxGraph, { kind, units }: LstmLayer | GruLayer, name: string, parameters: ReadonlyMap<string, NamedTensor>) {
  const order = gateOrders[kind];
  const size = order.length * units;
  const [inputWeight, recurrentWeight, inputBias, recurrentBias] = ['inputWeight', 'recurrentWeight', 'inputBias', 'recurrentBias'].map((part) =>
    columnsByGate(parameters.get(`${name}.${part}`)!.values, order, units),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const biases = new Float32Array(2 * size);
  biases.set(inputBias);
  biases.set(recurrentBias, size);
  return [
    graph.constant(`${name}.inputWeight`, [1, size, inputWeight.length / size], inputWeight),
    graph.constant(`${name}.recurrentWeight`, [1, size, units], recurrentWeight),
    graph.constant(`${name}.biases`, [1, 2 * size], biases),
  ] as const;
}

/** [rows, gates·units] as [gates·units, rows], the gates in another order. */
function columnsByGate(values: Float32Array, order: readonly number[], units: number): Float32Array {
  const size = order.length * units;
  const rows = values.length / size;
  const turned = new Float32Array(values.length);
  for (const [place, gate] of order.entries()) {
    for (let unit = 0; unit < units; unit++) {
      const to = (place * units + unit) * rows;
      for (let row = 0; row < rows; row++) turned[to + row] = values[row * size + gate * units + unit]!;
    }
  }
  return turned;
}
