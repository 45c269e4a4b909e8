import { nodeFiles } from './node-files.js';

/** Makes a folder and those above it, as far as they are missing. */
export function makeFolder(path: string): void {
  const { fs, paths } = nodeFiles('makeFolder');
  const firstMissing = (folder: string): string => {
    const above = paths.dirname(folder);
    return above === folder || fs.existsSync(above) ? folder : firstMissing(above);
  };
  try {
    fs.mkdirSync(path, { recursive: true });
  } catch (cause) {
    // On a read-only file system Node says ENOENT here; making the first missing folder alone says why.
    if ((cause as { code?: unknown }).code === 'ENOENT') fs.mkdirSync(firstMissing(path));
    throw cause;
  }
}
