/**
 * Files: how this SDK's other packages write them whole or not at all, and read them. Programs need none of it. Nothing of Node is imported, so that
 * bundlers for browsers find nothing to resolve.
 *
 * @packageDocumentation
 */
export { crc32 } from './files/crc32.js';
export { makeFolder } from './files/make-folder.js';
export { onFile, onFileRead } from './files/on-file.js';
export { machineFacts, type ProcessStatus, processExists, processStatus } from './files/process-facts.js';
export { type ByteSource, type FileSource, readSource } from './files/read-source.js';
export { requireRegularFile } from './files/regular-file.js';
export { beginReplacement, type Replacement, writeFileAtomically, writeFileAtomicallySync } from './files/replace-file.js';
