import { InvalidOptionsError, isFloat32Array, type Shape } from '@pg/core';

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
  readonly #names = new Set<string>();

  /** Adds something that goes in; returns its name. */
  input(port: OnnxPort): string {
    this.inputs.push(port);
    return this.#claim(port.name);
  }

  /** Says that a value comes out. */
  output(port: OnnxPort, value: string): void {
    this.outputs.push(port);
    this.#claim(port.name);
    this.nodes.push({ type: 'Identity', inputs: [value], outputs: [port.name], attributes: {} });
  }

  /**
   * Adds numbers under a name; returns it.
   *
   * @throws InvalidOptionsError when another value has the name
   */
  constant(name: string, shape: Shape, values: ArrayLike<number>): string {
    this.constants.push({ name, shape, values: isFloat32Array(values) ? values : Float32Array.from(values) });
    return this.#claim(name);
  }

  /** Adds a list of whole numbers, as axes and shapes are given. */
  indices(values: readonly number[]): string {
    const name = `indices.${this.constants.length}`;
    this.constants.push({ name, shape: [values.length], values: BigInt64Array.from(values, BigInt) });
    return this.#claim(name);
  }

  /** Adds an operator with one output; returns the output's name. */
  add(type: string, inputs: readonly string[], attributes: OnnxNode['attributes'] = {}): string {
    return this.addMany(type, inputs, [''], attributes)[0]!;
  }

  /** Adds an operator with several outputs, of which those named "-" are left out; returns the names of the others. */
  addMany(type: string, inputs: readonly string[], outputs: readonly ('' | '-')[], attributes: OnnxNode['attributes'] = {}): string[] {
    const names = outputs.map((mark, i) => (mark === '-' ? '' : `${type}.${this.nodes.length}.${i}`));
    this.nodes.push({ type, inputs, outputs: names, attributes });
    return names.filter(Boolean).map((name) => this.#claim(name));
  }

  /** A graph in which a name stands for two values is no graph. Names of heads and vectors are free, and could meet others. */
  #claim(name: string): string {
    if (!this.#names.has(name)) {
      this.#names.add(name);
      return name;
    }
    const remedy = 'Give the heads and vectors of the network other names.';
    throw new InvalidOptionsError({ where: 'exportOnnx', got: `two values with the name "${name}"`, expected: 'names that are different', remedy });
  }
}
