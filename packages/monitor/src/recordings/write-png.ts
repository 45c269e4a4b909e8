import type { Picture } from '@pg/core';
import { writeFileAtomicallySync } from '@pg/core/files';
import { requirePath } from '../checks/require.js';
import { encodePng } from './encode-png.js';

/**
 * Writes a picture as a PNG file, whole or not at all; an old file is replaced and missing folders are made. The same picture
 * gives the same bytes.
 *
 * @throws InvalidShapeError for data that are not width × height × 3 bytes; UnavailableError when the file system refuses
 */
export function writePng(path: string, picture: Picture): void {
  requirePath('writePng', path);
  writeFileAtomicallySync('writePng', path, encodePng('writePng', picture));
}
