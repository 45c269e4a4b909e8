import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { peerFile, type Skipped } from './peer-file.js';
import { missingTorch, onThreads, PYTHON } from './python.js';

/** A program in Python that says its steps a second. */
export interface TorchPeer {
  run(args: readonly number[], threads: number): Promise<number>;
}

/** Where a program in Python is that needs PyTorch, or why it cannot run. */
export function torchFile(name: string): { readonly file: string } | Skipped {
  const found = peerFile(name);
  if ('skipped' in found) return found;
  const skipped = missingTorch();
  return skipped === undefined ? found : { skipped };
}

/** A program that prints its steps a second, as JSON, and takes the number of threads as its last argument. */
export function torchPeer(name: string): TorchPeer | Skipped {
  const found = torchFile(name);
  if ('skipped' in found) return found;
  return {
    async run(args, threads) {
      const { stdout } = await promisify(execFile)(PYTHON, [found.file, ...args.map(String), `${threads}`], { env: onThreads(threads) });
      return JSON.parse(stdout).steps_per_second;
    },
  };
}
