import { writeFileAtomically } from '@pg/core/files';

/** Writes files one after the other in the order of the calls, so that of two for one path the later one stays. */
export function writeInOrder(where: string): (path: string | URL, bytes: Uint8Array) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (path, bytes) => {
    const written = last.then(() => writeFileAtomically(where, path, bytes));
    // whoever asked is told of a failure; those that come after write nevertheless
    last = written.catch(() => undefined);
    return written;
  };
}
