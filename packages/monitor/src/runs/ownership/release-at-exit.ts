const held = new Set<{ release(): void }>();
let listens = false;

/** Releases a lock when the program, or the thread, ends without having done so. */
export function releaseAtExit(lock: { release(): void }): void {
  held.add(lock);
  if (!listens) process.once('exit', releaseAll);
  listens = true;
}

/** Forgets a lock that was released. */
export function forget(lock: { release(): void }): void {
  held.delete(lock);
}

function releaseAll(): void {
  for (const lock of held) {
    try {
      lock.release();
    } catch {
      // The file system refuses; a lock of a process that is gone is no obstacle.
    }
  }
}
