// Values come from other realms too: another frame or window, a worker's messages, `node:vm`, the environments of test runners. Each realm has
// classes of its own, so that `instanceof` knows only the values of this one.

/** The name of a class of typed arrays. */
export type ArrayName =
  | 'Int8Array'
  | 'Uint8Array'
  | 'Uint8ClampedArray'
  | 'Int16Array'
  | 'Uint16Array'
  | 'Int32Array'
  | 'Uint32Array'
  | 'Float16Array'
  | 'Float32Array'
  | 'Float64Array'
  | 'BigInt64Array'
  | 'BigUint64Array';

const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)!.get!;

/**
 * The class of a typed array of any realm, or undefined for anything else. Node's `Buffer` is a `Uint8Array`.
 *
 * @example
 * ```ts
 * arrayName(new Float32Array(2)); // 'Float32Array'
 * arrayName([1, 2]); // undefined
 * ```
 */
export function arrayName(value: unknown): ArrayName | undefined {
  return tagOf.call(value);
}

/** Whether a value is a `Float32Array`, of any realm. */
export function isFloat32Array(value: unknown): value is Float32Array {
  return tagOf.call(value) === 'Float32Array';
}

/** Whether a value is a `Float64Array`, of any realm. */
export function isFloat64Array(value: unknown): value is Float64Array {
  return tagOf.call(value) === 'Float64Array';
}

/** Whether a value is a `Uint8Array`, of any realm; a `Buffer` is one. */
export function isUint8Array(value: unknown): value is Uint8Array {
  return tagOf.call(value) === 'Uint8Array';
}
