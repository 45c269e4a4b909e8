import { describeValue } from '@pg/core';
import type { Tensor } from '@pg/policies';
import { type AnyTypedArray, arrayKindOf, toTensorArray } from './array-kinds.js';
import { DEEPEST, MOST_DIGITS, showPath, type Tagged } from './plain-data.js';

/** Plain data in two parts. */
export interface EncodedData {
  /** What JSON.stringify takes. */
  readonly json: unknown;
  /** The numbers of typed arrays; their names begin with that of the data. */
  readonly tensors: readonly Tensor[];
}

/**
 * Data as JSON and arrays, from which {@link decodePlainData} makes the same again: every bit of every number, NaN, ±∞, −0,
 * undefined, holes in lists, big integers and all kinds of typed arrays.
 *
 * @param name - begins the names of the tensors
 * @param refuse - makes the error for what is not plain data: instances of classes, functions, symbols, getters, cycles
 */
export function encodePlainData(data: unknown, name: string, refuse: (got: string) => Error): EncodedData {
  const encoder = new Encoder(name, refuse);
  return { json: encoder.encode(data), tensors: encoder.tensors };
}

class Encoder {
  readonly tensors: Tensor[] = [];
  readonly #name: string;
  readonly #refuse: (got: string) => Error;
  readonly #path: PropertyKey[] = [];
  /** The objects that the path leads through. */
  readonly #around: object[] = [];
  readonly #names = new Set<string>();

  constructor(name: string, refuse: (got: string) => Error) {
    this.#name = name;
    this.#refuse = refuse;
  }

  encode(value: unknown): unknown {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (value === undefined) return { $: 'undefined' } satisfies Tagged;
    if (typeof value === 'number') return encodeNumber(value);
    if (typeof value === 'bigint') return this.#encodeBigInt(value);
    if (typeof value === 'object') return this.#encodeObject(value);
    throw this.#refused(describeValue(value));
  }

  #encodeBigInt(value: bigint): Tagged {
    const digits = String(value);
    if (digits.length > MOST_DIGITS) throw this.#refused(`a big integer of ${digits.length} digits, more than ${MOST_DIGITS}`);
    return { $: 'bigint', digits };
  }

  #encodeObject(value: object): unknown {
    if (this.#around.includes(value)) throw this.#refused('a cycle: an object inside itself');
    if (this.#around.length >= DEEPEST) throw this.#refused(`something ${DEEPEST} levels deep`);
    const kind = arrayKindOf(value);
    if (kind) return { $: kind, tensor: this.#keep(value as AnyTypedArray) } satisfies Tagged;
    this.#around.push(value);
    const encoded = this.#encodeContents(value);
    this.#around.pop();
    return encoded;
  }

  #encodeContents(value: object): unknown {
    if (Array.isArray(value)) return this.#encodeList(value);
    if (!isPlainObject(value)) throw this.#refused(describeValue(value));
    const entries = Reflect.ownKeys(value).map((key) => [key as string, this.#encodeProperty(value, key)] as [string, unknown]);
    if (Object.getPrototypeOf(value) === null) return { $: 'dictionary', entries } satisfies Tagged;
    return Object.hasOwn(value, '$') ? ({ $: 'object', entries } satisfies Tagged) : Object.fromEntries(entries);
  }

  #encodeList(list: readonly unknown[]): unknown {
    if (!isPlainObject(Object.getPrototypeOf(list))) throw this.#refused(describeValue(list));
    // after its elements come `length` and then what has been added to it
    const last = Reflect.ownKeys(list).at(-1)!;
    if (last !== 'length') throw this.#refused(`a list with the property "${String(last)}"`);
    return Array.from({ length: list.length }, (_, i) => (Object.hasOwn(list, i) ? this.#encodeProperty(list, String(i)) : { $: 'hole' }));
  }

  #encodeProperty(owner: object, key: PropertyKey): unknown {
    this.#path.push(key);
    const property = Object.getOwnPropertyDescriptor(owner, key)!;
    if (typeof key === 'symbol') throw this.#refused('a symbol for a key');
    if (!('value' in property)) throw this.#refused('a getter');
    if (!property.enumerable) throw this.#refused('a hidden property');
    const encoded = this.encode(property.value);
    this.#path.pop();
    return encoded;
  }

  /** A name of its own for an array: that of its place, which a key with a dot in it could give twice. */
  #keep(values: AnyTypedArray): string {
    const place = showPath([this.#name, ...this.#path]);
    let name = place;
    for (let n = 2; this.#names.has(name); n++) name = `${place} (${n})`;
    this.#names.add(name);
    this.tensors.push({ name, shape: [values.length], values: toTensorArray(values) });
    return name;
  }

  #refused(got: string): Error {
    return this.#refuse(this.#path.length === 0 ? got : `${got} at "${showPath(this.#path)}"`);
  }
}

function encodeNumber(value: number): unknown {
  if (Object.is(value, -0)) return { $: '-0' } satisfies Tagged;
  return Number.isFinite(value) ? value : ({ $: String(value) as 'NaN' | 'Infinity' | '-Infinity' } satisfies Tagged);
}

/** Of no class: its prototype is that of all objects, here or in another realm, or none. */
function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  // an object without a prototype may itself be one; what it gives to others would be lost
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf'));
}
