import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const PYTHON = process.env.PYTHON ?? '/usr/bin/python3';
const ONE_THREAD = { OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };

/** Why PyTorch cannot be compared with, or nothing when it can. */
export function missingTorch(): string | undefined {
  const { status } = spawnSync(PYTHON, ['-c', 'import torch, numpy'], { stdio: 'ignore' });
  if (status === 0) return undefined;
  return `${PYTHON} has no PyTorch (Debian: apt-get install -y python3-torch python3-numpy libopenblas0-pthread; PYTHON names another)`;
}

/** A program in Python that answers each line of JSON with a line of JSON. It waits, and takes no time, in between. */
export class TorchProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  constructor(program: string) {
    const { env } = process;
    this.#child = spawn(PYTHON, [program], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...env, ...ONE_THREAD } });
    this.#answers = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  /** Asks and waits for the answer. */
  async ask(request: unknown): Promise<unknown> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`The program in Python ended before it answered: ${this.#child.spawnargs.join(' ')}`);
    return JSON.parse(value);
  }

  /** Ends the program. */
  end(): void {
    this.#child.stdin.end();
  }
}
