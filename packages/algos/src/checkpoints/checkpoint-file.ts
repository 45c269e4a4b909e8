import { encodeUtf8, InvalidFileError } from '@pg/core';
import { crc32 } from '@pg/core/files';
import { decodeCheckedFile, encodeCheckedFile, type Tensor } from '@pg/policies';
import { type CheckpointDocument, parseDocument, writeDocument } from './checkpoint-document.js';

/** A checkpoint out of its file: whole and of the right form, but not yet known to fit a run. */
export interface Checkpoint {
  readonly document: CheckpointDocument;
  readonly tensors: readonly Tensor[];
}

/** One safetensors file; in its metadata the description, and a checksum of the whole file. */
export function encodeCheckpoint(document: Omit<CheckpointDocument, 'format' | 'version'>, tensors: readonly Tensor[]): Uint8Array<ArrayBuffer> {
  return encodeCheckedFile(writeDocument(document), tensors);
}

/**
 * Reads what {@link encodeCheckpoint} wrote. Nothing in it is run.
 *
 * @throws InvalidFileError when it is cut short, damaged, foreign or of another version
 */
export function decodeCheckpoint(bytes: Uint8Array, where: string): Checkpoint {
  const { pg, tensors, isChecked } = decodeCheckedFile(bytes, where, (text, numbers) => earlierChecksum(bytes, text, numbers));
  const document = parseDocument(pg, where);
  if (isChecked) return { document, tensors };
  throw new InvalidFileError({ where, got: 'a checkpoint without a checksum', expected: 'one', remedy: 'Use a file that saveCheckpoint() wrote.' });
}

/** That of earlier releases: of the description and of the file's last part, the numbers. */
function earlierChecksum(file: Uint8Array, pg: string, tensors: readonly Tensor[]): number {
  const length = tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
  return crc32(file.subarray(file.length - length), crc32(encodeUtf8(pg)));
}
