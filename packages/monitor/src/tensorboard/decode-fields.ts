/** A field of an encoded message of protocol buffers. */
export interface DecodedField {
  readonly number: number;
  /** The number of a varint, a float or a double, the bytes of all else. */
  readonly value: number | Uint8Array;
}

/**
 * The fields of an encoded message.
 *
 * @throws RangeError for bytes that are none
 */
export function decodeFields(bytes: Uint8Array): DecodedField[] {
  const reader = new Reader(bytes);
  const fields: DecodedField[] = [];
  while (!reader.isDone) {
    const key = reader.varint();
    const [number, wire] = [Math.floor(key / 8), key % 8];
    if (wire === 0) fields.push({ number, value: reader.varint() });
    else if (wire === 1) fields.push({ number, value: reader.double() });
    else if (wire === 2) fields.push({ number, value: reader.bytes(reader.varint()) });
    else if (wire === 5) fields.push({ number, value: reader.float() });
    else throw new RangeError(`wire type ${wire}`);
  }
  return fields;
}

/** The bytes of all fields of a number, which may be messages. */
export function messages(fields: readonly DecodedField[], wanted: number): Uint8Array[] {
  return fields.flatMap(({ number, value }) => (number === wanted && typeof value !== 'number' ? [value] : []));
}

/** The numbers of a repeated field, packed or not: floats of 4 bytes, doubles of 8, or varints. */
export function numbersOf(fields: readonly DecodedField[], wanted: number, width: 4 | 8 | undefined): number[] {
  return fields.flatMap(({ number, value }) => {
    if (number !== wanted) return [];
    if (typeof value === 'number') return [value];
    const reader = new Reader(value);
    const numbers: number[] = [];
    while (!reader.isDone) numbers.push(width === 4 ? reader.float() : width === 8 ? reader.double() : reader.varint());
    return numbers;
  });
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isDone(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** A whole number; negative ones are encoded as 64 bits in two's complement. */
  varint(): number {
    let [low, high] = [0, 0];
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#view.getUint8(this.#at++);
      if (shift < 28) low += (byte & 127) * 2 ** shift;
      else high += (byte & 127) * 2 ** (shift - 28);
      if (byte < 128) return (high >= 2 ** 35 ? high - 2 ** 36 : high) * 2 ** 28 + low;
    }
    throw new RangeError('a number of more than 64 bits');
  }

  float(): number {
    this.#at += 4;
    return this.#view.getFloat32(this.#at - 4, true);
  }

  double(): number {
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8, true);
  }

  bytes(length: number): Uint8Array {
    this.#at += length;
    if (this.#at > this.#bytes.length) throw new RangeError('a message that ends within a field');
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
