import { arrayName, isUint8Array } from '@pg/core';
import type { TensorArray } from '@pg/policies';

/** A typed array of any kind. */
export type AnyTypedArray = TensorArray | Uint8ClampedArray;

/** The kinds of typed arrays that are plain data. */
export const arrayKinds = [
  'Float64Array',
  'Float32Array',
  'Int32Array',
  'Uint32Array',
  'Int16Array',
  'Uint16Array',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'BigInt64Array',
  'BigUint64Array',
] as const;

type ArrayKind = (typeof arrayKinds)[number];

/** The kind of a value that is a typed array, and of no class derived from one. */
export function arrayKindOf(value: object): ArrayKind | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  return arrayKinds.find((kind) => value.constructor.name === kind);
}

/** The same numbers in an array that a file has a type for. */
export function toTensorArray(values: AnyTypedArray): TensorArray {
  return arrayName(values) === 'Uint8ClampedArray' ? new Uint8Array(values.buffer, values.byteOffset, values.length) : (values as TensorArray);
}

/** A file's numbers as the array that they were; undefined when they are of another type. */
export function fromTensorArray(kind: ArrayKind, values: TensorArray): AnyTypedArray | undefined {
  if (kind === 'Uint8ClampedArray') return isUint8Array(values) ? new Uint8ClampedArray(values.buffer) : undefined;
  return arrayKindOf(values) === kind ? values : undefined;
}
