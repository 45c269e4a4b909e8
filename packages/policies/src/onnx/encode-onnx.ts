import { isFloat32Array, ProtobufMessage } from '@pg/core';
import { littleEndianBytes } from '../files/safetensors.js';
import { elementTypes, type OnnxConstant, type OnnxGraph, type OnnxNode, type OnnxPort } from './onnx-graph.js';

/** The version of the file format: that of ONNX 1.7 (2020), which every runtime of today reads. */
const IR_VERSION = 7;
/** The version of the operators; the first in which all that are used here have the form that they still have. */
const OPSET_VERSION = 13;
/** What the first axis of inputs and outputs is called; its size is free. */
const BATCH = 'batch';

/** `AttributeProto.AttributeType`. */
const attributeTypes = { int: 2, ints: 7 } as const;

/** A graph as the bytes of an ONNX file (`ModelProto` of onnx.proto), with text by name as metadata. */
export function encodeOnnx(graph: OnnxGraph, metadata: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const model = message().int(1, IR_VERSION).string(2, '@pg/policies').message(7, encodeGraph(graph)).message(8, message().string(1, '').int(2, OPSET_VERSION));
  for (const [key, value] of Object.entries(metadata)) model.message(14, message().string(1, key).string(2, value));
  return model.toBytes();
}

/** `GraphProto`. */
function encodeGraph({ nodes, constants, inputs, outputs }: OnnxGraph): ProtobufMessage {
  const graph = message();
  for (const [index, node] of nodes.entries()) graph.message(1, encodeNode(node, index));
  graph.string(2, 'policy');
  for (const constant of constants) graph.message(5, encodeConstant(constant));
  for (const port of inputs) graph.message(11, encodePort(port));
  for (const port of outputs) graph.message(12, encodePort(port));
  return graph;
}

/** `NodeProto`. */
function encodeNode({ type, inputs, outputs, attributes }: OnnxNode, index: number): ProtobufMessage {
  const node = message();
  for (const input of inputs) node.string(1, input);
  for (const output of outputs) node.string(2, output);
  node.string(3, `${type}.${index}`).string(4, type);
  for (const [name, value] of Object.entries(attributes)) node.message(5, encodeAttribute(name, value));
  return node;
}

/** `AttributeProto`. */
function encodeAttribute(name: string, value: number | readonly number[]): ProtobufMessage {
  const attribute = message().string(1, name);
  if (typeof value === 'number') return attribute.int(3, value).int(20, attributeTypes.int);
  for (const item of value) attribute.int(8, item);
  return attribute.int(20, attributeTypes.ints);
}

/** `TensorProto`. */
function encodeConstant({ name, shape, values }: OnnxConstant): ProtobufMessage {
  const tensor = message();
  for (const size of shape) tensor.int(1, size);
  const type = isFloat32Array(values) ? elementTypes.float32 : elementTypes.int64;
  return tensor.int(2, type).string(8, name).bytes(9, littleEndianBytes(values));
}

/** `ValueInfoProto`. */
function encodePort({ name, type, shape, description }: OnnxPort): ProtobufMessage {
  const sizes = message().message(1, message().string(2, BATCH));
  for (const size of shape) sizes.message(1, message().int(1, size));
  const tensor = message().int(1, elementTypes[type]).message(2, sizes);
  return message().string(1, name).message(2, message().message(1, tensor)).string(3, description);
}

function message(): ProtobufMessage {
  return new ProtobufMessage();
}
