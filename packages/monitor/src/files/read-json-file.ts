import { readFileSync } from 'node:fs';
import { InvalidFileError } from '@pg/core';
import { onFileRead, requireRegularFile } from '@pg/core/files';

/**
 * The value that a JSON file holds.
 *
 * @throws InvalidFileError when it is not JSON, for example because it was cut off; UnavailableError when it cannot be read
 */
export function readJsonFile(where: string, path: string): unknown {
  onFileRead(where, path, () => requireRegularFile(where, path));
  const text = onFileRead(where, path, () => readFileSync(path, 'utf8'));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidFileError({
      where,
      got: `"${path}", which is not JSON (${(cause as Error).message})`,
      expected: 'a whole JSON file',
      remedy: 'It was cut off or edited; put it back as it was.',
      cause,
    });
  }
}
