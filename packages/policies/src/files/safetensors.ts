import { arrayName, decodeUtf8, describeValue, encodeUtf8, InvalidFileError, InvalidOptionsError, InvalidShapeError, shapeSize } from '@pg/core';

/** The types of numbers that are written and read, with their arrays. */
const arrayTypes = {
  F32: Float32Array,
  F64: Float64Array,
  I8: Int8Array,
  U8: Uint8Array,
  I16: Int16Array,
  U16: Uint16Array,
  I32: Int32Array,
  U32: Uint32Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
};

type TensorDtype = keyof typeof arrayTypes;

const KINDS = Object.values(arrayTypes)
  .map(({ name }) => name)
  .join(', ');

/** An array of numbers of such a type. */
export type TensorArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** Numbers with a name and a shape. */
export interface Tensor {
  /** Unique in its file. */
  readonly name: string;
  /** Sizes, slowest axis first. */
  readonly shape: readonly number[];
  /** As many numbers as the shape has. */
  readonly values: TensorArray;
}

/** The contents of a safetensors file: tensors and string metadata. */
export interface SafeTensors {
  /** In the order in which they lie. */
  readonly tensors: readonly Tensor[];
  /** Text by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const MOST_HEADER_BYTES = 100_000_000;

/**
 * Encodes tensors as safetensors: 8 bytes of little-endian header length, a JSON header padded with spaces to a multiple of 8
 * bytes, then the numbers, the widest types first, so that each begins at a multiple of its size. The same contents always give
 * the same bytes, and every bit of a number is kept. {@link decodeSafeTensors} gives back whatever is not refused.
 *
 * @throws InvalidOptionsError for names that are no text, twice the same, or `__metadata__`; for metadata that are not text by name; for values that are no
 * typed array of a type that a file has
 * @throws InvalidShapeError when a tensor has not as many numbers as its shape
 */
export function encodeSafeTensors({ tensors, metadata }: SafeTensors): Uint8Array<ArrayBuffer> {
  requireEncodable(tensors, metadata);
  const ordered = [...tensors].sort((a, b) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT);
  let end = 0;
  const entries = ordered.map(({ name, shape, values }) => {
    const start = end;
    end += values.byteLength;
    return [name, { dtype: dtypeOf(values), shape, data_offsets: [start, end] }] as const;
  });
  // own properties, whatever their names: `__proto__` is one like others
  const text = encodeUtf8(JSON.stringify(Object.fromEntries([['__metadata__', metadata], ...entries])));
  if (text.length > MOST_HEADER_BYTES - 8) throw unencodable(`a header of ${text.length} bytes`, `at most ${MOST_HEADER_BYTES}`);
  const headerLength = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + end).fill(0x20, 8, 8 + headerLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(text, 8);
  let at = 8 + headerLength;
  for (const { values } of ordered) {
    bytes.set(littleEndianBytes(values), at);
    at += values.byteLength;
  }
  return bytes;
}

/**
 * Decodes safetensors.
 *
 * @param bytes - the whole file
 * @param where - the function to name in errors
 * @throws InvalidFileError when the bytes are cut short, corrupt or hold another type of number
 */
export function decodeSafeTensors(bytes: Uint8Array, where: string): SafeTensors {
  const invalid: Invalid = (got, remedy) => new InvalidFileError({ where, got, expected: 'a safetensors file', remedy });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = bytes.length < 8 ? -1 : Number(view.getBigUint64(0, true));
  const text = textAtStart(bytes);
  if (text !== undefined) throw invalid(`text that begins with ${describeValue(text)}`, 'Check the address: it gives a page or a note instead of the file.');
  if (headerLength < 2 || headerLength > MOST_HEADER_BYTES || 8 + headerLength > bytes.length) {
    if (bytes.length === 0) throw invalid('an empty file (0 bytes)', 'It was cut short, or never written: save it again.');
    throw invalid(`${bytes.length} bytes that do not start with a safetensors header`, 'Check that the file is complete and was written by save().');
  }
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, 8 + headerLength), invalid);
  if (!isText(metadata)) throw invalid('metadata that are not text by name', 'The file is damaged: save it again.');
  const data = bytes.subarray(8 + headerLength);
  let expected = 0;
  const tensors = inOrder(entries as Record<string, Entry | null>).map(([name, entry]) => {
    const tensor = readTensor(name, entry, { data, start: expected, invalid });
    expected += tensor.values.byteLength;
    return tensor;
  });
  if (expected !== data.length) throw invalid(`${data.length - expected} bytes behind the last tensor`, 'The file is damaged: save it again.');
  return { tensors, metadata };
}

/** What a file begins with that is text from its first byte: a server's page in place of a file, or a pointer of Git LFS. */
function textAtStart(bytes: Uint8Array): string | undefined {
  const isText = bytes.length >= 8 && bytes.subarray(0, 8).every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d));
  return isText ? decodeUtf8(bytes.subarray(0, 60)).replaceAll(/\s+/g, ' ').trim() : undefined;
}

/** The type of an array, of this or another realm; undefined for one that a file has no type for, or what is no array. */
function dtypeOf(values: unknown): TensorDtype | undefined {
  const name = arrayName(values);
  return (Object.keys(arrayTypes) as TensorDtype[]).find((dtype) => arrayTypes[dtype].name === name);
}

/** What the decoder would refuse, or not give back, is refused before it is written. */
function requireEncodable(tensors: unknown, metadata: unknown): asserts tensors is readonly Tensor[] {
  if (!Array.isArray(tensors)) throw unencodable(`tensors: ${describeValue(tensors)}`, 'a list');
  if (!isText(metadata)) throw unencodable(`metadata: ${describeValue(metadata)}`, 'text by name');
  const names = new Set<unknown>();
  for (const tensor of tensors as readonly unknown[]) {
    const { name, shape, values } = { ...(tensor as Partial<Tensor>) };
    if (typeof name !== 'string') throw unencodable(`a tensor with the name ${describeValue(name)}`, 'text');
    if (name === '__metadata__') throw unencodable('a tensor with the name "__metadata__"', 'another name: this one is that of the metadata');
    if (names.has(name)) throw unencodable(`two tensors with the name ${describeValue(name)}`, 'names that are different');
    names.add(name);
    if (dtypeOf(values) === undefined) throw unencodable(`${describeValue(values)} as the values of ${describeValue(name)}`, `a ${KINDS}`);
    requireShape(name, shape, values!.length);
  }
}

function requireShape(name: string, shape: unknown, length: number): void {
  if (isWholeNumbers(shape) && shapeSize(shape) === length) return;
  throw new InvalidShapeError({
    where: 'encodeSafeTensors',
    got: `${describeValue(name)} of shape ${describeValue(shape)} with ${length} numbers`,
    expected: 'whole sizes whose product is how many numbers there are',
    remedy: 'Pass the shape that belongs to the values.',
  });
}

function unencodable(got: string, expected: string): InvalidOptionsError {
  return new InvalidOptionsError({ where: 'encodeSafeTensors', got, expected, remedy: 'A file of this format cannot hold it.' });
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes of an array as a file has them: a view of its memory, or where the machine has them the other way round, a copy. */
export function littleEndianBytes({ buffer, byteOffset, byteLength, BYTES_PER_ELEMENT }: TensorArray): Uint8Array {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return isLittleEndian ? bytes : swapped(bytes, BYTES_PER_ELEMENT);
}

function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const turned = bytes.slice();
  for (let at = 0; at < turned.length; at += size) turned.subarray(at, at + size).reverse();
  return turned;
}

type Invalid = (got: string, remedy: string) => InvalidFileError;

/** Whether it is text by name: a plain object, of this or another realm, whose values are text. */
function isText(metadata: unknown): metadata is Record<string, string> {
  if (metadata === null || typeof metadata !== 'object' || Array.isArray(metadata)) return false;
  const prototype = Object.getPrototypeOf(metadata);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isPlain && Object.values(metadata).every((value) => typeof value === 'string');
}

/** Tensors as their bytes lie. The header may name them in any order, and JavaScript puts names such as "0" first. */
function inOrder(entries: Readonly<Record<string, Entry | null>>): [string, Entry | null][] {
  const place = (entry: Entry | null, edge: 0 | 1) => Number(entry?.data_offsets?.[edge]);
  return Object.entries(entries).sort(([, a], [, b]) => place(a, 0) - place(b, 0) || place(a, 1) - place(b, 1) || 0);
}

function parseHeader(bytes: Uint8Array, invalid: Invalid): Record<string, unknown> {
  const text = decodeUtf8(bytes, { fatal: true });
  if (text === undefined) throw invalid('a header that is no text in UTF-8', 'The file is damaged: save it again.');
  try {
    const header: unknown = JSON.parse(text);
    if (header !== null && typeof header === 'object' && !Array.isArray(header)) return header as Record<string, unknown>;
  } catch {
    // reported below
  }
  throw invalid('a header that is no JSON object', 'The file is damaged: save it again.');
}

interface Place {
  readonly data: Uint8Array;
  /** Where the tensor has to begin: they follow each other without gaps. */
  readonly start: number;
  readonly invalid: Invalid;
}

function readTensor(name: string, entry: Entry | null, { data, start, invalid }: Place): Tensor {
  const { dtype, shape, data_offsets: offsets } = entry ?? {};
  if (!isDtype(dtype)) {
    const type = typeof dtype === 'string' ? `of type ${describeValue(dtype)}` : 'without a type';
    throw invalid(`the tensor ${describeValue(name)} ${type}`, 'Save it as float32 (F32).');
  }
  if (!isWholeNumbers(shape) || !isWholeNumbers(offsets)) {
    throw invalid(`the tensor ${describeValue(name)} without a shape or offsets`, 'The file is damaged: save it again.');
  }
  const ArrayType = arrayTypes[dtype];
  const length = shapeSize(shape) * ArrayType.BYTES_PER_ELEMENT;
  if (offsets.length !== 2 || offsets[0] !== start || offsets[1] !== start + length || start + length > data.length) {
    const place = `at bytes ${describeValue(offsets)} of ${data.length}, after ${start}`;
    throw invalid(`the tensor ${describeValue(name)} with shape ${describeValue(shape)} ${place}`, 'The file is cut short or damaged: save it again.');
  }
  const bytes = new Uint8Array(length);
  bytes.set(data.subarray(start, start + length));
  const ordered = isLittleEndian ? bytes : swapped(bytes, ArrayType.BYTES_PER_ELEMENT);
  return { name, shape, values: new ArrayType(ordered.buffer as ArrayBuffer) };
}

function isDtype(dtype: unknown): dtype is TensorDtype {
  return typeof dtype === 'string' && Object.hasOwn(arrayTypes, dtype);
}

function isWholeNumbers(list: unknown): list is readonly number[] {
  return Array.isArray(list) && list.every((value) => Number.isSafeInteger(value) && value >= 0);
}
