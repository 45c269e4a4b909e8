import { InvalidFileError } from '@pg/core';
import { crc32 } from '@pg/core/files';
import { decodeSafeTensors, encodeSafeTensors, type Tensor } from '@pg/policies';
import { type CheckpointDocument, parseDocument, writeDocument } from './checkpoint-document.js';

/** A checkpoint out of its file: whole and of the right form, but not yet known to fit a run. */
export interface Checkpoint {
  readonly document: CheckpointDocument;
  readonly tensors: readonly Tensor[];
}

/** Where the checksum stands: behind the header's length and its first words. */
const CHECKSUM_AT = 8 + '{"__metadata__":{"crc32":"'.length;

/** One safetensors file; in its metadata the description, and a checksum of it and of the numbers. */
export function encodeCheckpoint(document: Omit<CheckpointDocument, 'format' | 'version'>, tensors: readonly Tensor[]): Uint8Array<ArrayBuffer> {
  const pg = writeDocument(document);
  const bytes = encodeSafeTensors({ tensors, metadata: { crc32: '00000000', pg } });
  bytes.set(new TextEncoder().encode(checksum(pg, bytes, tensors)), CHECKSUM_AT);
  return bytes;
}

/**
 * Reads what {@link encodeCheckpoint} wrote. Nothing in it is run.
 *
 * @throws InvalidFileError when it is cut short, damaged, foreign or of another version
 */
export function decodeCheckpoint(bytes: Uint8Array, where: string): Checkpoint {
  const { tensors, metadata } = decodeSafeTensors(bytes, where);
  const document = parseDocument(metadata.pg, where);
  const found = checksum(metadata.pg!, bytes, tensors);
  if (found === metadata.crc32) return { document, tensors };
  throw new InvalidFileError({
    where,
    got: `contents with the checksum ${found}`,
    expected: `${metadata.crc32 ?? 'one'}, as the file says`,
    remedy: 'The file is damaged: use an older one.',
  });
}

/** Of the description and of the file's last part, the numbers. */
function checksum(pg: string, file: Uint8Array, tensors: readonly Tensor[]): string {
  const length = tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
  return crc32(file.subarray(file.length - length), crc32(new TextEncoder().encode(pg)))
    .toString(16)
    .padStart(8, '0');
}
