import { InvalidOptionsError } from '@pg/core';
import { expect, test } from 'vitest';
import { OnnxGraph } from './onnx-graph.js';

const port = { name: 'a', type: 'float32', shape: [1], description: '' } as const;

test.each<[string, (graph: OnnxGraph) => unknown]>([
  ['a constant', (graph) => graph.constant('a', [], [1])],
  ['another input', (graph) => graph.input(port)],
  ['an output', (graph) => graph.output(port, 'b')],
])('a name that an input has is not that of %s', (_, add) => {
  const graph = new OnnxGraph();
  graph.input(port);
  expect(() => add(graph)).toThrow(InvalidOptionsError);
  expect(() => add(graph)).toThrow('exportOnnx: got two values with the name "a"; expected names that are different. Give the heads and vectors');
});

test('values without names of their own get different ones', () => {
  const graph = new OnnxGraph();
  const names = [graph.indices([0]), graph.indices([0]), graph.add('Tanh', ['x']), graph.add('Tanh', ['x']), ...graph.addMany('GRU', ['x'], ['-', '', ''])];
  expect(new Set(names).size).toBe(6);
});
