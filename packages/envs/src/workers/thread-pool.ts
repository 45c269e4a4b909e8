import type { MessagePort, Worker } from 'node:worker_threads';
import { answerWord, COMMAND, Command, type CommandName, createControl, DEAD, progressWord, TICKET } from './control.js';
import { nodeThreads } from './node-threads.js';
import type { PlainError } from './plain-error.js';
import type { ShardTask } from './shard-task.js';
import { SHARD_SOURCE, SUPERVISOR_SOURCE } from './threads-source.js';
import type { ParsedWorkerOptions } from './worker-options.js';

/** Loading a module takes its time, however soon the environments have to answer afterwards. */
const STARTING_MS = 60_000;

/** After this many milliseconds a shard that does not close itself is ended. */
const CLOSING_MS = 2000;

/** Why a shard does not answer. */
export interface Loss {
  /** Which one. */
  readonly shard: number;
  /** What it was doing. */
  readonly command: CommandName;
  /** How long it was waited for at most, in milliseconds. */
  readonly timeoutMs: number;
  /** Its thread has ended, or there was no answer in time. */
  readonly reason: 'dead' | 'hanging';
  /** What it said of a failure inside the library's reach. */
  readonly failure: PlainError | undefined;
  /** What its thread ended with, if not by itself. */
  readonly crash: PlainError | undefined;
  /** The exit code of its thread. */
  readonly exitCode: number | undefined;
  /** The copy that was at work, and the step of its episode; −1 when that is not known. */
  readonly progress: readonly [copy: number, step: number];
}

/** What a pool starts its shards with. */
export interface PoolSettings {
  /** How many. */
  readonly shards: number;
  /** For messages of the runtime. */
  readonly where: string;
  /** The deadlines, the memory and the module. */
  readonly options: ParsedWorkerOptions;
  /** What each shard's thread is told. */
  taskOf(shard: number, port: MessagePort, control: Int32Array): ShardTask;
}

// An environment that nobody holds any more takes its threads with it.
const abandoned = new FinalizationRegistry<Worker>((supervisor) => void supervisor.terminate());

const ignore = () => {};

/**
 * Threads that obey commands in lockstep. A command is a number in shared memory: no messages, unless it is about snapshots.
 * The shards are started by a thread of their own, which hears of deaths while the learner's thread waits.
 */
export class ThreadPool {
  readonly #threads: typeof import('node:worker_threads');
  readonly #control: Int32Array;
  readonly #ports: readonly MessagePort[];
  readonly #supervisor: Worker;
  /** What the supervisor reports. */
  readonly #reports: MessagePort;
  readonly #options: ParsedWorkerOptions;
  readonly #lost = new Set<number>();
  #ticket = 1;
  #closed = false;

  constructor({ shards, where, options, taskOf }: PoolSettings) {
    this.#threads = nodeThreads(where);
    const { MessageChannel, Worker } = this.#threads;
    this.#options = options;
    const control = createControl(shards);
    this.#control = control;
    control[TICKET] = 1;
    const channels = Array.from({ length: shards }, () => new MessageChannel());
    this.#ports = channels.map(({ port1 }) => port1);
    const tasks = channels.map(({ port2 }, shard) => ({ shard, answer: answerWord(shard), task: taskOf(shard, port2, control) }));
    const reports = new MessageChannel();
    this.#reports = reports.port1;
    const resourceLimits = options.heapMb === undefined ? {} : { maxOldGenerationSizeMb: options.heapMb };
    const workerData = { source: SHARD_SOURCE, tasks, control, DEAD, resourceLimits, port: reports.port2 };
    const transferList = [reports.port2, ...channels.map(({ port2 }) => port2)];
    this.#supervisor = new Worker(SUPERVISOR_SOURCE, { eval: true, workerData, transferList });
    this.#supervisor.unref();
    for (const port of [this.#reports, ...this.#ports]) port.unref();
    // it has nothing to tell that the shards' deaths do not
    this.#supervisor.on('error', ignore);
    abandoned.register(this, this.#supervisor, this);
  }

  /** Waits until every shard has started; returns why one has not. */
  started(): Loss | undefined {
    return this.#wait('start', Math.max(this.#options.timeoutMs, STARTING_MS));
  }

  /** Has every shard do something, and waits for it; returns why one has not. Hot for steps: no allocation. */
  run(command: CommandName): Loss | undefined {
    this.#send(command);
    return this.#wait(command, this.#options.timeoutMs);
  }

  /** Puts something into a shard's letterbox before a command. */
  post(shard: number, message: unknown): void {
    this.#ports[shard]!.postMessage(message);
  }

  /** What a shard has posted. */
  receive(shard: number): unknown {
    return this.#threads.receiveMessageOnPort(this.#ports[shard]!)?.message;
  }

  /** Lets every shard that still answers close its environments, then ends all threads. */
  close(): Loss | undefined {
    if (this.#closed) return undefined;
    this.#closed = true;
    this.#send('close');
    const loss = this.#wait('close', Math.min(this.#options.timeoutMs, CLOSING_MS));
    abandoned.unregister(this);
    for (const port of [this.#reports, ...this.#ports]) port.close();
    void this.#supervisor.terminate();
    // a thread that has ended as it was told to
    return loss?.reason === 'dead' && loss.exitCode === 0 && loss.failure === undefined ? undefined : loss;
  }

  #send(command: CommandName): void {
    const control = this.#control;
    this.#ticket += 1;
    control[COMMAND] = Command[command];
    Atomics.store(control, TICKET, this.#ticket);
    Atomics.notify(control, TICKET);
  }

  /** Until every shard has answered, has died or has let the deadline pass; returns why the first of those has not answered. */
  #wait(command: CommandName, timeoutMs: number): Loss | undefined {
    let loss: Loss | undefined;
    let patience = timeoutMs;
    for (let shard = 0; shard < this.#ports.length; shard++) {
      if (this.#lost.has(shard) || this.#answers(shard, patience)) continue;
      const lost = this.#lose(shard, command, timeoutMs);
      loss ??= lost;
      // the others have had as much time
      if (lost.reason === 'hanging') patience = 0;
    }
    return loss;
  }

  #answers(shard: number, timeoutMs: number): boolean {
    const word = answerWord(shard);
    for (;;) {
      const answer = Atomics.load(this.#control, word);
      if (answer === this.#ticket || answer === DEAD) return answer !== DEAD;
      if (Atomics.wait(this.#control, word, answer, timeoutMs) === 'timed-out') return false;
    }
  }

  #lose(shard: number, command: CommandName, timeoutMs: number): Loss {
    const control = this.#control;
    const progress = progressWord(shard);
    const isDead = Atomics.load(control, answerWord(shard)) === DEAD;
    this.#lost.add(shard);
    const { failure } = ((isDead ? this.receive(shard) : undefined) as { failure?: PlainError }) ?? {};
    const report = isDead ? this.#reportOn(shard) : undefined;
    return {
      shard,
      command,
      timeoutMs,
      reason: isDead ? 'dead' : 'hanging',
      failure,
      crash: report?.failure,
      exitCode: report?.exitCode,
      progress: [control[progress]!, control[progress + 1]!],
    };
  }

  #reportOn(shard: number): { readonly exitCode: number; readonly failure?: PlainError } | undefined {
    for (;;) {
      const report = this.#threads.receiveMessageOnPort(this.#reports)?.message;
      if (report === undefined || report.shard === shard) return report;
    }
  }
}
