import { describeValue } from '@pg/core';
import type { TensorArray } from '@pg/policies';
import { fromTensorArray } from './array-kinds.js';
import { DEEPEST, showPath, type Tagged, tagged } from './plain-data.js';

/**
 * The data that {@link encodePlainData} was given. Arrays are taken out of `tensors`: each belongs to one place, and what is left
 * over belongs to none.
 *
 * @param refuse - makes the error for what is no such form
 */
export function decodePlainData(json: unknown, tensors: Map<string, TensorArray>, refuse: (got: string) => Error): unknown {
  return new Decoder(tensors, refuse).decode(json);
}

class Decoder {
  readonly #tensors: Map<string, TensorArray>;
  readonly #refuse: (got: string) => Error;
  readonly #path: PropertyKey[] = [];

  constructor(tensors: Map<string, TensorArray>, refuse: (got: string) => Error) {
    this.#tensors = tensors;
    this.#refuse = refuse;
  }

  decode(json: unknown): unknown {
    if (json === null || typeof json !== 'object') return json;
    if (this.#path.length > DEEPEST) throw this.#refused('lists and objects within each other without end');
    if (Array.isArray(json)) return this.#decodeList(json);
    if (Object.hasOwn(json, '$')) return this.#decodeTagged(this.#requireTagged(json));
    return this.#decodeEntries(Object.entries(json));
  }

  #decodeList(json: readonly unknown[]): unknown[] {
    const list = new Array(json.length);
    for (const [i, value] of json.entries()) if (!isHole(value)) list[i] = this.#inside(i, value);
    return list;
  }

  #decodeTagged(value: Tagged): unknown {
    if ('entries' in value) {
      const object = this.#decodeEntries(value.entries);
      return value.$ === 'object' ? object : Object.assign(Object.create(null), object);
    }
    if ('digits' in value) return BigInt(value.digits);
    if ('tensor' in value) return this.#take(value);
    if (value.$ === 'undefined') return undefined;
    if (value.$ === 'hole') throw this.#refused('a hole outside of a list');
    return Number(value.$);
  }

  /** Own properties, whatever their names: `__proto__` is one like others. */
  #decodeEntries(entries: readonly (readonly [string, unknown])[]): object {
    return Object.fromEntries(entries.map(([key, value]) => [key, this.#inside(key, value)]));
  }

  #inside(key: PropertyKey, json: unknown): unknown {
    this.#path.push(key);
    const value = this.decode(json);
    this.#path.pop();
    return value;
  }

  #take({ $: kind, tensor: name }: Extract<Tagged, { tensor: string }>) {
    const found = this.#tensors.get(name);
    this.#tensors.delete(name);
    const values = found && fromTensorArray(kind, found);
    if (values === undefined) throw this.#refused(`a ${kind} without its numbers ${describeValue(name)}`);
    return values;
  }

  #requireTagged(json: object): Tagged {
    const result = tagged.safeParse(json);
    if (result.success) return result.data;
    throw this.#refused(`${describeValue((json as { $: unknown }).$)} for what a value is`);
  }

  #refused(got: string): Error {
    return this.#refuse(this.#path.length === 0 ? got : `${got} at "${showPath(this.#path)}"`);
  }
}

function isHole(json: unknown): boolean {
  return json !== null && typeof json === 'object' && (json as { $?: unknown }).$ === 'hole';
}
