import { describeValue, InvalidFileError, shapeSize } from '@pg/core';
import type { NamedTensor } from '@pg/nn';

/** The contents of a safetensors file: float32 tensors and string metadata. */
export interface SafeTensors {
  readonly tensors: readonly NamedTensor[];
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
 * bytes, then the numbers. The same contents always give the same bytes.
 */
export function encodeSafeTensors({ tensors, metadata }: SafeTensors): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + values.length * 4] };
    end += values.length * 4;
  }
  const json = JSON.stringify(header);
  const text = new TextEncoder().encode(json);
  const headerLength = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + end).fill(0x20, 8, 8 + headerLength);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.set(text, 8);
  let at = 8 + headerLength;
  for (const { values } of tensors) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * Decodes safetensors with float32 tensors.
 *
 * @param bytes - the whole file
 * @param where - the function to name in errors
 * @throws InvalidFileError when the bytes are cut short, corrupt or hold another type of number
 */
export function decodeSafeTensors(bytes: Uint8Array, where: string): SafeTensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = bytes.length < 8 ? -1 : Number(view.getBigUint64(0, true));
  if (headerLength < 2 || headerLength > MOST_HEADER_BYTES || 8 + headerLength > bytes.length) {
    throw invalid(where, `${bytes.length} bytes that do not start with a safetensors header`, 'Check that the file is complete and was written by save().');
  }
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, 8 + headerLength), where);
  if (!isText(metadata)) throw invalid(where, 'metadata that are not text by name', 'The file is damaged: save it again.');
  const data = new DataView(bytes.buffer, bytes.byteOffset + 8 + headerLength, bytes.length - 8 - headerLength);
  let expected = 0;
  const tensors = inOrder(entries as Record<string, Entry | null>).map(([name, entry]) => {
    const tensor = readTensor(name, entry, data, expected, where);
    expected += tensor.values.byteLength;
    return tensor;
  });
  if (expected !== data.byteLength) throw invalid(where, `${data.byteLength - expected} bytes behind the last tensor`, 'The file is damaged: save it again.');
  return { tensors, metadata };
}

function isText(metadata: unknown): metadata is Record<string, string> {
  return metadata !== null && typeof metadata === 'object' && Object.values(metadata).every((value) => typeof value === 'string');
}

/** Tensors as their bytes lie. The header may name them in any order, and JavaScript puts names such as "0" first. */
function inOrder(entries: Readonly<Record<string, Entry | null>>): [string, Entry | null][] {
  const place = (entry: Entry | null, edge: 0 | 1) => Number(entry?.data_offsets?.[edge]);
  return Object.entries(entries).sort(([, a], [, b]) => place(a, 0) - place(b, 0) || place(a, 1) - place(b, 1) || 0);
}

function parseHeader(bytes: Uint8Array, where: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (header !== null && typeof header === 'object' && !Array.isArray(header)) return header as Record<string, unknown>;
  } catch {
    // reported below
  }
  throw invalid(where, 'a header that is no JSON object', 'The file is damaged: save it again.');
}

/** Tensors have to follow each other without gaps. */
function readTensor(name: string, entry: Entry | null, data: DataView, start: number, where: string): NamedTensor {
  const { dtype, shape, data_offsets: offsets } = entry ?? {};
  if (dtype !== 'F32') {
    const type = typeof dtype === 'string' ? `of type ${describeValue(dtype)}` : 'without a type';
    throw invalid(where, `the tensor ${describeValue(name)} ${type}`, 'Save it as float32 (F32).');
  }
  if (!isWholeNumbers(shape) || !isWholeNumbers(offsets)) {
    throw invalid(where, `the tensor ${describeValue(name)} without a shape or offsets`, 'The file is damaged: save it again.');
  }
  const length = shapeSize(shape) * 4;
  if (offsets.length !== 2 || offsets[0] !== start || offsets[1] !== start + length || start + length > data.byteLength) {
    const place = `at bytes ${describeValue(offsets)} of ${data.byteLength}, after ${start}`;
    throw invalid(where, `the tensor ${describeValue(name)} with shape ${describeValue(shape)} ${place}`, 'The file is cut short or damaged: save it again.');
  }
  const values = new Float32Array(length / 4);
  for (let i = 0; i < values.length; i++) values[i] = data.getFloat32(start + i * 4, true);
  return { name, shape, values };
}

function isWholeNumbers(list: unknown): list is readonly number[] {
  return Array.isArray(list) && list.every((value) => Number.isSafeInteger(value) && value >= 0);
}

function invalid(where: string, got: string, remedy: string): InvalidFileError {
  return new InvalidFileError({ where, got, expected: 'a safetensors file with float32 tensors', remedy });
}
