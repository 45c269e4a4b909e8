// The programs of threads before the library is there, as text: a path of a file could be broken by a bundler. The library itself
// comes with the module that a thread imports.

/** The code of the error for a module that cannot be loaded; its message says why. */
export const NOT_LOADED = 'NOT_LOADED';

/** What a worker says when it can be told what to do. */
export const READY = '@pg/ready';

/** The code of the error for a module without something to serve under the name asked for; its message names the exports that there are. */
export const NO_EXPORT = 'NO_EXPORT';

/**
 * `import` of a task's module, and the call of what it exports. Text for Node and for pages; `task` and `failed` are the program's.
 */
const SERVE = `
import(task.module).then((exported) => {
  const served = exported[task.exportName];
  if (typeof served?.[task.method] === 'function') return served[task.method](task);
  const names = Object.keys(exported).join(', ') || 'nothing';
  throw Object.assign(new Error(names), { code: '${NO_EXPORT}' });
}).catch(failed);
`;

/**
 * A copy of an error that any runtime can post: own text, and causes without circles. Node 20 ends the whole program when an error that
 * is its own cause leaves a thread, later versions when a chain of causes is very long.
 */
const TAME = `
const tame = (thrown, effects = []) => {
  if (typeof thrown !== 'object' || thrown === null) return thrown;
  const read = (key) => { try { return thrown[key]; } catch {} };
  const text = (key, other) => typeof read(key) === 'string' ? read(key) : other;
  const cause = read('cause');
  const chain = [...effects, thrown];
  const goesOn = cause !== undefined && chain.length < 100 && !chain.includes(cause);
  const error = new Error(text('message', 'an object without a message'), goesOn ? { cause: tame(cause, chain) } : {});
  return Object.assign(error, { name: text('name', 'Error'), stack: text('stack'), code: text('code') });
};
`;

/** A thread of Node, whose `workerData` is a `ThreadTask`. A program's own listener for errors that nobody catches takes precedence. */
const NODE_SOURCE = `
${TAME}
const { workerData: task } = process.getBuiltinModule('node:worker_threads');
process.on('uncaughtException', (error) => { if (process.listenerCount('uncaughtException') === 1) throw tame(error); });
const failed = (error) => setImmediate(() => { throw error; });
${SERVE}
`;

/**
 * The program of a thread of Node, as an address. Loaders that `--import` has registered, such as tsx, reach threads that have one,
 * and none that are started from text.
 */
export const THREAD_URL = `data:text/javascript,${encodeURIComponent(NODE_SOURCE)}`;

/** The program of a worker of a page: it says that it is ready, its task comes as a message, and its end is heard of only by what it posts. */
export const WEB_SOURCE = `
${TAME}
let forbidden;
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => { forbidden ??= effectiveDirective + ' does not allow ' + blockedURI; });
onmessage = ({ data: task }) => {
  const failed = (thrown) => setTimeout(() => {
    const { name = 'Error', message = String(thrown), stack, code } = tame(thrown) ?? {};
    const crash = forbidden ? { name, message: "the page's Content-Security-Policy forbids it: " + forbidden, stack, code: '${NOT_LOADED}' } : { name, message, stack, code };
    task.channel.port.postMessage({ crash });
  });
  ${SERVE}
};
postMessage('${READY}');
`;

/** The thread that starts the others and hears of their deaths, which the main thread cannot while it waits. */
export const SUPERVISOR_SOURCE = `
const { workerData: { url, tasks, control, DEAD, resourceLimits, port }, Worker } = process.getBuiltinModule('node:worker_threads');
for (const { task, answer, thread, transferList } of tasks) {
  let failure;
  // Node has copied it from the other thread: the properties of an error are plain here
  const isError = (value) => typeof value === 'object' && value !== null && 'message' in value;
  const plain = (error) => isError(error) ? { name: error.name, message: error.message, stack: error.stack, code: error.code } : { name: 'Error', message: String(error) };
  const buried = (exitCode) => {
    port.postMessage({ thread, exitCode, failure });
    Atomics.store(control, answer, DEAD);
    Atomics.notify(control, answer);
  };
  try {
    const worker = new Worker(new URL(url), { workerData: task, transferList, resourceLimits });
    worker.on('error', (error) => { failure = plain(error); });
    worker.on('exit', buried);
  } catch (error) {
    failure = plain(error);
    buried(1);
  }
}
`;
