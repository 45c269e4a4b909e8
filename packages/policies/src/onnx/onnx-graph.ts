import type { Shape } from '@pg/core';

/** The types of numbers that a graph has; the numbers are those of `TensorProto.DataType`. */
export const elementTypes = { float32: 1, uint8: 2, int32: 6, int64: 7 } as const;

/** A type of numbers. */
type ElementType = keyof typeof elementTypes;

/** An operator at work: reads values by their names, gives others. An empty name stands for one that is left out. */
export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
}

/** Numbers that are a part of the model. */
export interface OnnxConstant {
  readonly name: string;
  readonly shape: Shape;
  readonly values: Float32Array | BigInt64Array;
}

/** What goes in or comes out: one row for each observation of the batch. */
export interface OnnxPort {
  readonly name: string;
  readonly type: ElementType;
  /** The shape of one row. */
  readonly shape: Shape;
  /** What it is, for people who look at the model. */
  readonly description: string;
}

/** A graph in the making. Every value has a name of its own. */
export class OnnxGraph {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxConstant[] = [];
  readonly inputs: OnnxPort[] = [];
  readonly outputs: OnnxPort[] = [];

  /** Adds something that goes in; returns its name. */
  input(port: OnnxPort): string {
    this.inputs.push(port);
    return port.name;
  }

  /** Says that a value comes out. */
  output(port: OnnxPort, value: string): void {
    this.outputs.push(port);
    this.nodes.push({ type: 'Identity', inputs: [value], outputs: [port.name], attributes: {} });
  }

  /** Adds numbers, under a name that no other value has; returns it. */
  constant(name: string, shape: Shape, values: ArrayLike<number>): string {
    this.constants.push({ name, shape, values: values instanceof Float32Array ? values : Float32Array.from(values) });
    return name;
  }

  /** Adds a list of whole numbers, as axes and shapes are given. */
  indices(values: readonly number[]): string {
    const name = `indices.${this.constants.length}`;
    this.constants.push({ name, shape: [values.length], values: BigInt64Array.from(values, BigInt) });
    return name;
  }

  /** Adds an operator with one output; returns the output's name. */
  add(type: string, inputs: readonly string[], attributes: OnnxNode['attributes'] = {}): string {
    return this.addMany(type, inputs, [''], attributes)[0]!;
  }

  /** Adds an operator with several outputs, of which those named "-" are left out; returns the names of the others. */
  addMany(type: string, inputs: readonly string[], outputs: readonly ('' | '-')[], attributes: OnnxNode['attributes'] = {}): string[] {
    const names = outputs.map((mark, i) => (mark === '-' ? '' : `${type}.${this.nodes.length}.${i}`));
    this.nodes.push({ type, inputs, outputs: names, attributes });
    return names.filter(Boolean);
  }
}
