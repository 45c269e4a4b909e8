import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { requireArgument, requireNumber, requireNumbers, requireText } from '../options/require-argument.js';
import { encodeUtf8 } from '../realms/utf8.js';

/** How a field's value is laid out; the numbers are those of the format. */
const wireType = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

const WHERE = 'ProtobufMessage';
const MOST_FIELD = 2 ** 29 - 1;
const HALF_LETTER = /\p{Surrogate}/u;

/**
 * A message in the binary format of protocol buffers (https://protobuf.dev/programming-guides/encoding), to write only. A field is its
 * number and a value, in the order of the calls; repeated fields are called repeatedly. Fields are written even when they hold the
 * default of their type.
 *
 * @example
 * ```ts
 * const point = new ProtobufMessage().int(1, 3).int(2, 4);
 * const bytes = new ProtobufMessage().string(1, 'triangle').message(2, point).toBytes();
 * ```
 */
export class ProtobufMessage {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** How many bytes it takes so far. */
  get length(): number {
    return this.#length;
  }

  /**
   * A field of the type int32, int64, uint32, uint64, bool or enum.
   *
   * @throws InvalidOptionsError when it is not a whole number of at most 2^53 − 1 in size
   */
  int(field: number, value: number): this {
    if (!Number.isSafeInteger(value)) throw refuse(`the number ${describeValue(value)} for field ${describeValue(field)}`, 'a whole number within ±(2^53 − 1)');
    return this.#tag(field, wireType.varint).#append(varint(value));
  }

  /** A field of the type float. */
  float(field: number, value: number): this {
    requireNumber(WHERE, 'value', value);
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#tag(field, wireType.fixed32).#append(bytes);
  }

  /** A field of the type double. */
  double(field: number, value: number): this {
    requireNumber(WHERE, 'value', value);
    return this.#tag(field, wireType.fixed64).#append(littleEndian([value]));
  }

  /** `[n]`: a repeated field of the type double, packed. */
  doubles(field: number, values: ArrayLike<number>): this {
    requireNumbers(WHERE, 'values', values);
    return this.bytes(field, littleEndian(values));
  }

  /**
   * A field of the type string.
   *
   * @throws InvalidOptionsError for half a letter (a surrogate by itself), which UTF-8 has no form for
   */
  string(field: number, value: string): this {
    requireText(WHERE, 'value', value);
    if (HALF_LETTER.test(value)) throw refuse(`${describeValue(value)} for field ${field}`, 'text of whole letters');
    return this.bytes(field, encodeUtf8(value));
  }

  /** A field of the type bytes. They are not copied before {@link ProtobufMessage.toBytes}. */
  bytes(field: number, value: Uint8Array): this {
    requireArgument(value?.BYTES_PER_ELEMENT === 1, WHERE, { name: 'value', value, expected: 'a Uint8Array' });
    return this.#tag(field, wireType.lengthDelimited).#append(varint(value.length)).#append(value);
  }

  /** A field that is a message, as it is now. */
  message(field: number, value: ProtobufMessage): this {
    requireArgument(typeof value?.toBytes === 'function', WHERE, { name: 'value', value, expected: 'a ProtobufMessage' });
    return this.bytes(field, value.toBytes());
  }

  /** The whole message. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  #tag(field: number, type: number): this {
    const known = Number.isInteger(field) && field >= 1 && field <= MOST_FIELD;
    if (!known) throw refuse(`the field number ${describeValue(field)}`, 'a whole number from 1 to 2^29 − 1');
    return this.#append(varint(field * 8 + type));
  }

  #append(bytes: Uint8Array): this {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    return this;
  }
}

/** Seven bits a byte, the lowest first, the eighth set on all but the last. Negative numbers are those of two's complement in 64 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

function littleEndian(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i]!, true);
  return bytes;
}

function refuse(got: string, expected: string): InvalidOptionsError {
  return new InvalidOptionsError({ where: WHERE, got, expected, remedy: 'Look at the definition of the message.' });
}
