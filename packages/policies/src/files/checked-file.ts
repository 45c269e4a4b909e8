import { describeValue, encodeUtf8, InvalidFileError } from '@pg/core';
import { crc32 } from '@pg/core/files';
import { decodeSafeTensors, encodeSafeTensors, type Tensor } from './safetensors.js';

/** Where the checksum stands: behind the header's length and its first words. */
const CHECKSUM_AT = 8 + '{"__metadata__":{"crc32":"'.length;
const NOTHING = '00000000';

/** A file's description and its numbers. */
export interface CheckedFile {
  /** JSON that says what the tensors are; undefined in a file of another program. */
  readonly pg: string | undefined;
  /** In the order in which they lie. */
  readonly tensors: readonly Tensor[];
  /** Whether it has a checksum, which is then right. */
  readonly isChecked: boolean;
}

/**
 * A safetensors file with a description under `pg` in its metadata, and under `crc32` the CRC-32 of the whole file, taken with eight zeros in the place of its
 * own digits.
 */
export function encodeCheckedFile(pg: string, tensors: readonly Tensor[]): Uint8Array<ArrayBuffer> {
  const bytes = encodeSafeTensors({ tensors, metadata: { crc32: NOTHING, pg } });
  bytes.set(encodeUtf8(checksumOf(bytes)), CHECKSUM_AT);
  return bytes;
}

/**
 * Reads what {@link encodeCheckedFile} wrote, and safetensors of other programs.
 *
 * @param olderChecksum - another checksum that is right too, for files of earlier releases
 * @throws InvalidFileError when it is cut short or no safetensors file, when its checksum is wrong, or when it has metadata that were never written
 */
export function decodeCheckedFile(bytes: Uint8Array, where: string, olderChecksum?: (pg: string, tensors: readonly Tensor[]) => number): CheckedFile {
  const { tensors, metadata } = decodeSafeTensors(bytes, where);
  const { pg, crc32: said, ...others } = metadata;
  if (pg === undefined) return { pg, tensors, isChecked: false };
  const [other] = Object.keys(others);
  // a checksum whose name is damaged must not pass for none
  if (other !== undefined) throw damaged(where, `metadata with the name ${describeValue(other)}`, '"pg" and "crc32" only');
  const found = checksumOf(bytes);
  const isRight = said === undefined || said === found || (olderChecksum && said === toText(olderChecksum(pg, tensors)));
  if (!isRight) throw damaged(where, `contents with the checksum ${found}`, `${said}, as the file says`);
  return { pg, tensors, isChecked: said !== undefined };
}

function checksumOf(bytes: Uint8Array): string {
  const before = crc32(bytes.subarray(0, CHECKSUM_AT));
  const own = crc32(encodeUtf8(NOTHING), before);
  return toText(crc32(bytes.subarray(CHECKSUM_AT + NOTHING.length), own));
}

function toText(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}

function damaged(where: string, got: string, expected: string): InvalidFileError {
  const remedy = 'The file is damaged, or another program has changed it: use another copy.';
  return new InvalidFileError({ where, got, expected, remedy });
}
