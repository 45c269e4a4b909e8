import { type DecodedField, decodeFields, messages, numbersOf } from './decode-fields.js';

/** Types of elements, as types.proto numbers them: the field of a tensor that lists them, and how its raw bytes are read. */
const kinds: Readonly<Record<number, { readonly list: number; readonly bytes: number; read(view: DataView): number }>> = {
  1: { list: 5, bytes: 4, read: (view) => view.getFloat32(0, true) },
  2: { list: 6, bytes: 8, read: (view) => view.getFloat64(0, true) },
  3: { list: 7, bytes: 4, read: (view) => view.getInt32(0, true) },
  4: { list: 7, bytes: 1, read: (view) => view.getUint8(0) },
  5: { list: 7, bytes: 2, read: (view) => view.getInt16(0, true) },
  6: { list: 7, bytes: 1, read: (view) => view.getInt8(0) },
  9: { list: 10, bytes: 8, read: (view) => Number(view.getBigInt64(0, true)) },
  10: { list: 11, bytes: 1, read: (view) => view.getUint8(0) },
  14: { list: 13, bytes: 2, read: (view) => bfloat16(view.getUint16(0, true)) },
  17: { list: 7, bytes: 2, read: (view) => view.getUint16(0, true) },
  19: { list: 13, bytes: 2, read: (view) => float16(view.getUint16(0, true)) },
  22: { list: 16, bytes: 4, read: (view) => view.getUint32(0, true) },
  23: { list: 17, bytes: 8, read: (view) => Number(view.getBigUint64(0, true)) },
};

/** Types whose lists hold the bits of an element. */
const fromBits: Readonly<Record<number, (bits: number) => number>> = { 14: bfloat16, 19: float16 };

/**
 * The number that a tensor of one element holds; undefined for other shapes, and for elements that are no numbers. Fields as numbered in
 * tensor.proto (tensorflow/core/framework).
 */
export function decodeScalarTensor(bytes: Uint8Array): number | undefined {
  const fields = decodeFields(bytes);
  const type = numberOf(fields, 1) ?? 0;
  const kind = kinds[type];
  if (kind === undefined || countOf(fields) !== 1) return undefined;
  const [content] = messages(fields, 4);
  if (content !== undefined && content.length > 0) {
    return content.length === kind.bytes ? kind.read(new DataView(content.buffer, content.byteOffset, content.length)) : undefined;
  }
  // A list leaves out elements that repeat the last one, and all of them where they are 0.
  const listed = numbersOf(fields, kind.list, kind.list === 5 ? 4 : kind.list === 6 ? 8 : undefined)[0] ?? 0;
  return fromBits[type]?.(listed) ?? listed;
}

/** How many elements a tensor's shape has; none without dimensions is one. */
function countOf(fields: readonly DecodedField[]): number {
  const dimensions = messages(fields, 2).flatMap((shape) => messages(decodeFields(shape), 2));
  return dimensions.reduce((count, dimension) => count * (numberOf(decodeFields(dimension), 1) ?? 0), 1);
}

function numberOf(fields: readonly DecodedField[], wanted: number): number | undefined {
  return fields.find(({ number, value }) => number === wanted && typeof value === 'number')?.value as number | undefined;
}

function bfloat16(bits: number): number {
  return new Float32Array(Uint32Array.of(bits << 16).buffer)[0]!;
}

function float16(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? (sign * fraction) / 2 ** 24 : (sign * (1024 + fraction) * 2 ** exponent) / 2 ** 25;
}
