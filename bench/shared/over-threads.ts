import { cpus } from 'node:os';

/** The best of several numbers of threads, from 1 to all cores. */
export async function bestOverThreads(run: (threads: number) => Promise<number>): Promise<number> {
  const cores = cpus().length;
  let best = 0;
  for (const threads of new Set([1, 2, 4, 8, cores].filter((count) => count <= cores))) best = Math.max(best, await run(threads));
  return best;
}
