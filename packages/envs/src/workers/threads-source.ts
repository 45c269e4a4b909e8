// What runs on the threads before the library does, as text: a thread is started from a file or from text, and only text
// needs no path that a bundler could break. The library itself comes with the module of the environment.

/**
 * A shard's thread. It imports the environment's module; the specification that this exports does everything else.
 * `workerData` is a `ShardTask`.
 */
export const SHARD_SOURCE = `
const { workerData: task } = require('node:worker_threads');
import(task.module).then((exported) => {
  const spec = exported[task.exportName];
  if (typeof spec?.['~serve'] === 'function') return spec['~serve'](task);
  const names = Object.keys(exported).join(', ') || 'nothing';
  throw Object.assign(new Error(names), { code: 'NO_SPECIFICATION' });
}).catch((error) => setImmediate(() => { throw error; }));
`;

/**
 * The thread that starts the shards and hears of their deaths, which the learner's thread cannot while it waits.
 * `workerData` is a `SupervisorTask`.
 */
export const SUPERVISOR_SOURCE = `
const { workerData: { source, tasks, control, DEAD, resourceLimits, port }, Worker } = require('node:worker_threads');
for (const { task, answer, shard } of tasks) {
  let failure;
  const plain = (error) => ({ name: String(error?.name), message: String(error?.message ?? error), stack: error?.stack, code: error?.code });
  const buried = (exitCode) => {
    port.postMessage({ shard, exitCode, failure });
    Atomics.store(control, answer, DEAD);
    Atomics.notify(control, answer);
  };
  try {
    const worker = new Worker(source, { eval: true, workerData: task, transferList: [task.port], resourceLimits });
    worker.on('error', (error) => { failure = plain(error); });
    worker.on('exit', buried);
  } catch (error) {
    failure = plain(error);
    buried(1);
  }
}
`;
