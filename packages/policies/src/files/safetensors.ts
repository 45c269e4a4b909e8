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
  const data = new DataView(bytes.buffer, bytes.byteOffset + 8 + headerLength, bytes.length - 8 - headerLength);
  let expected = 0;
  const tensors = Object.entries(entries).map(([name, entry]) => {
    const tensor = readTensor(name, entry as Entry, data, expected, where);
    expected += tensor.values.byteLength;
    return tensor;
  });
  if (expected !== data.byteLength) throw invalid(where, `${data.byteLength - expected} bytes behind the last tensor`, 'The file is damaged: save it again.');
  return { tensors, metadata: metadata as Record<string, string> };
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

/** Tensors have to follow each other without gaps, in the order of the header. */
function readTensor(name: string, entry: Entry, data: DataView, start: number, where: string): NamedTensor {
  const { dtype, shape, data_offsets: offsets } = entry ?? {};
  if (dtype !== 'F32') throw invalid(where, `the tensor ${name} of type ${describeValue(dtype)}`, 'Save it as float32 (F32).');
  const validShape = Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  const length = validShape ? shapeSize(shape) * 4 : -1;
  if (!Array.isArray(offsets) || offsets[0] !== start || offsets[1] !== start + length || start + length > data.byteLength) {
    throw invalid(where, `the tensor ${name} with shape ${describeValue(shape)} at bytes ${describeValue(offsets)} of ${data.byteLength}`, 'The file is cut short or damaged: save it again.');
  }
  const values = new Float32Array(length / 4);
  for (let i = 0; i < values.length; i++) values[i] = data.getFloat32(start + i * 4, true);
  return { name, shape, values };
}

function invalid(where: string, got: string, remedy: string): InvalidFileError {
  return new InvalidFileError({ where, got, expected: 'a safetensors file with float32 tensors', remedy });
}
