import { maskedCrc32c } from './crc32c.js';

/** Bytes that a record takes beside its data. */
const recordOverhead = 16;

/**
 * One record of TensorFlow's TFRecord format: the length as uint64, the masked CRC-32C of the length, the data, the masked CRC-32C of
 * the data; everything little-endian.
 */
export function encodeRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(data.length + recordOverhead);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, maskedCrc32c(data), true);
  return record;
}
