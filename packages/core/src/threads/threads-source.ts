// What runs on the threads before the library does, as text: a thread is started from a file or from text, and only text
// needs no path that a bundler could break. The library itself comes with the module that the thread imports.

/** The code of the error for a module without something to serve under the name asked for; its message names the exports that there are. */
export const NO_EXPORT = 'NO_EXPORT';

/**
 * A thread. It imports the module; what this exports does everything else, by a hidden method.
 * `workerData` is a `ThreadTask`.
 */
export const THREAD_SOURCE = `
const { workerData: task } = require('node:worker_threads');
import(task.module).then((exported) => {
  const served = exported[task.exportName];
  if (typeof served?.[task.method] === 'function') return served[task.method](task);
  const names = Object.keys(exported).join(', ') || 'nothing';
  throw Object.assign(new Error(names), { code: '${NO_EXPORT}' });
}).catch((error) => setImmediate(() => { throw error; }));
`;

/** The thread that starts the others and hears of their deaths, which the main thread cannot while it waits. */
export const SUPERVISOR_SOURCE = `
const { workerData: { source, tasks, control, DEAD, resourceLimits, port }, Worker } = require('node:worker_threads');
for (const { task, answer, thread, transferList } of tasks) {
  let failure;
  const plain = (error) => ({ name: String(error?.name), message: String(error?.message ?? error), stack: error?.stack, code: error?.code });
  const buried = (exitCode) => {
    port.postMessage({ thread, exitCode, failure });
    Atomics.store(control, answer, DEAD);
    Atomics.notify(control, answer);
  };
  try {
    const worker = new Worker(source, { eval: true, workerData: task, transferList, resourceLimits });
    worker.on('error', (error) => { failure = plain(error); });
    worker.on('exit', buried);
  } catch (error) {
    failure = plain(error);
    buried(1);
  }
}
`;
