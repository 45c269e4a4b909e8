import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Lets something be asked of a worker that workerd, the runtime of Cloudflare Workers, runs on this machine.
 *
 * @template T
 * @param {object} worker
 * @param {string} worker.file - workerd
 * @param {string} worker.folder - of its modules
 * @param {readonly string[]} worker.modules - the first is the worker
 * @param {(url: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withWorker({ file, folder, modules }, use) {
  writeFileSync(path.join(folder, 'config.capnp'), configOf(modules));
  const server = spawn(file, ['serve', 'config.capnp', '--control-fd=3'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text));
  const exited = once(server, 'exit');
  try {
    const port = await Promise.race([portOf(/** @type {import('node:stream').Readable} */ (server.stdio[3])), exited.then(() => undefined)]);
    if (port === undefined) throw new Error(`workerd did not start:\n${said}`);
    return await use(`http://127.0.0.1:${port}`).catch((error) => {
      throw new Error(`workerd: ${error.message}\n${said}`);
    });
  } finally {
    server.kill();
    await exited;
  }
}

/**
 * @param {string} url
 * @returns {Promise<any>} the JSON of its answer
 */
export async function ask(url) {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text);
}

/** @param {import('node:stream').Readable} control */
async function portOf(control) {
  for await (const text of control.setEncoding('utf8')) {
    const port = /"port":(\d+)/.exec(text);
    if (port !== null) return Number(port[1]);
  }
  return undefined;
}

/**
 * @param {readonly string[]} modules
 * @returns {string} in workerd's own language
 */
function configOf(modules) {
  const kinds = { '.mjs': 'esModule', '.wasm': 'wasm', '.safetensors': 'data' };
  const list = modules.map((name) => {
    const kind = kinds[/** @type {keyof typeof kinds} */ (path.extname(name))];
    return `(name = "${name}", ${kind} = embed "${name}")`;
  });
  // a date from before compiling was allowed while a worker starts
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [${list.join(', ')}], compatibilityDate = "2024-09-01"))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}
