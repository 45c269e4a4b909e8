import { InvalidFileError } from '@pg/core';
import { maskedCrc32c } from './crc32c.js';

/** Bytes of a record before its data, and behind it. */
const [head, tail] = [12, 4];

/** The records of a file. */
export interface Records {
  readonly records: readonly Uint8Array[];
  /** Whether the file ends within a record, as a killed program leaves it; that record is left out. */
  readonly truncated: boolean;
}

/**
 * The data of the records of a TFRecord file, their checksums checked.
 *
 * @throws InvalidFileError naming the byte at which the first damaged record begins
 */
export function readRecords(where: string, path: string, file: Uint8Array): Records {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const records: Uint8Array[] = [];
  let at = 0;
  while (at + head <= file.length) {
    if (maskedCrc32c(file.subarray(at, at + 8)) !== view.getUint32(at + 8, true)) throw damaged(where, path, at);
    const length = Number(view.getBigUint64(at, true));
    const end = at + head + length;
    if (end + tail > file.length) break;
    const data = file.subarray(at + head, end);
    if (maskedCrc32c(data) !== view.getUint32(end, true)) throw damaged(where, path, at);
    records.push(data);
    at = end + tail;
  }
  return { records, truncated: at < file.length };
}

function damaged(where: string, path: string, at: number): InvalidFileError {
  return new InvalidFileError({
    where,
    got: `"${path}" with a wrong checksum in the record at byte ${at}`,
    expected: 'an event file as it was written',
    remedy: `What comes before is whole: cut the file there (truncate -s ${at}), or leave it out.`,
  });
}
