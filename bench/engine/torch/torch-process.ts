import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { onThreads, PYTHON } from '../../shared/peers/python.js';

/** A program in Python that answers each line of JSON with a line of JSON. It waits, and takes no time, in between. */
export class TorchProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  constructor(program: string) {
    this.#child = spawn(PYTHON, [program], { stdio: ['pipe', 'pipe', 'inherit'], env: onThreads(1) });
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
