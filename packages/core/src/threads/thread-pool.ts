import type { MessagePort, Worker } from 'node:worker_threads';
import { answerWord, COMMAND, createControl, DEAD, progressWord, TICKET } from './control-words.js';
import { nodeThreads, requireProgramThread, type ThreadWords } from './node-threads.js';
import type { PlainError } from './plain-error.js';
import type { ThreadOptions } from './thread-options.js';
import type { ThreadTask } from './thread-task.js';
import { SUPERVISOR_SOURCE, THREAD_URL } from './threads-source.js';
import { whenAbandoned } from './when-abandoned.js';

/** Loading a module takes its time, however soon the threads have to answer afterwards. */
const STARTING_MS = 60_000;

/** After this many milliseconds a thread that does not end itself is ended. */
const CLOSING_MS = 2000;

/** Why a thread does not answer. */
export interface Loss<TCommand extends string = string> {
  /** Which one. */
  readonly thread: number;
  /** What it was doing. */
  readonly command: TCommand | 'start';
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
  /** The two numbers that it last said that it was at. */
  readonly progress: readonly [number, number];
}

/** What a pool starts its threads with. */
export interface PoolSettings<TCommand extends string, TTask> {
  /** How many. */
  readonly threads: number;
  /** What they can be told; the last command ends them. Each thread serves the same list, in this order. */
  readonly commands: readonly TCommand[];
  /** The hidden method of what the module exports: it serves a thread. */
  readonly method: string;
  /** For messages of the runtime. */
  readonly words: ThreadWords;
  /** The deadlines, the memory and the module. */
  readonly options: ThreadOptions;
  /** What each thread is to do. */
  taskOf(thread: number): TTask;
}

// What nobody holds any more takes its threads with it.
const abandoned = whenAbandoned<Worker>((supervisor) => void supervisor.terminate());

const ignore = () => {};

/**
 * Threads that obey commands in lockstep. A command is a number in shared memory: no messages, unless it is about states.
 * The threads are started by one of their own, which hears of deaths while the main thread waits.
 */
export class ThreadPool<TCommand extends string, TTask> {
  readonly #threads: typeof import('node:worker_threads');
  readonly #commands: readonly TCommand[];
  readonly #control: Int32Array;
  readonly #ports: readonly MessagePort[];
  readonly #supervisor: Worker;
  /** What the supervisor reports. */
  readonly #reports: MessagePort;
  readonly #options: ThreadOptions;
  readonly #lost = new Set<number>();
  #ticket = 1;
  #closed = false;

  /**
   * @throws UnavailableError where there are no threads
   * @throws InvalidOptionsError on a thread of another pool
   */
  constructor({ threads, commands, method, words, options, taskOf }: PoolSettings<TCommand, TTask>) {
    requireProgramThread(words);
    this.#threads = nodeThreads<typeof import('node:worker_threads')>(words);
    const { MessageChannel, Worker } = this.#threads;
    this.#commands = commands;
    this.#options = options;
    const control = createControl(threads);
    this.#control = control;
    control[TICKET] = 1;
    const channels = Array.from({ length: threads }, () => new MessageChannel());
    this.#ports = channels.map(({ port1 }) => port1);
    const tasks = channels.map(({ port2 }, thread) => {
      const task: ThreadTask<TTask> = {
        module: options.module,
        exportName: options.export,
        method,
        task: taskOf(thread),
        channel: { thread, control, port: port2 },
      };
      return { thread, answer: answerWord(thread), task, transferList: [port2] };
    });
    const reports = new MessageChannel();
    this.#reports = reports.port1;
    const resourceLimits = options.heapMb === undefined ? {} : { maxOldGenerationSizeMb: options.heapMb };
    const workerData = { url: THREAD_URL, tasks, control, DEAD, resourceLimits, port: reports.port2 };
    const transferList = [reports.port2, ...channels.map(({ port2 }) => port2)];
    this.#supervisor = new Worker(SUPERVISOR_SOURCE, { eval: true, workerData, transferList });
    this.#supervisor.unref();
    for (const port of [this.#reports, ...this.#ports]) port.unref();
    // it has nothing to tell that the others' deaths do not
    this.#supervisor.on('error', ignore);
    abandoned.register(this, this.#supervisor);
  }

  /** Waits until every thread has started; returns why one has not. */
  started(): Loss<TCommand> | undefined {
    return this.#wait('start', Math.max(this.#options.timeoutMs, STARTING_MS));
  }

  /** Has every thread do something, and waits for it; returns why one has not. Hot: no allocation. */
  run(command: TCommand): Loss<TCommand> | undefined {
    this.#send(command);
    return this.#wait(command, this.#options.timeoutMs);
  }

  /** Puts something into a thread's letterbox before a command. */
  post(thread: number, message: unknown): void {
    this.#ports[thread]!.postMessage(message);
  }

  /** What a thread has posted. */
  receive(thread: number): unknown {
    return this.#threads.receiveMessageOnPort(this.#ports[thread]!)?.message;
  }

  /** Lets every thread that still answers carry out the last command, then ends all. */
  close(): Loss<TCommand> | undefined {
    if (this.#closed) return undefined;
    this.#closed = true;
    const last = this.#commands.at(-1)!;
    this.#send(last);
    const loss = this.#wait(last, Math.min(this.#options.timeoutMs, CLOSING_MS));
    abandoned.unregister(this);
    for (const port of [this.#reports, ...this.#ports]) port.close();
    void this.#supervisor.terminate();
    // a thread that has ended as it was told to
    return loss?.reason === 'dead' && loss.exitCode === 0 && loss.failure === undefined ? undefined : loss;
  }

  #send(command: TCommand): void {
    const control = this.#control;
    this.#ticket += 1;
    control[COMMAND] = this.#commands.indexOf(command);
    Atomics.store(control, TICKET, this.#ticket);
    Atomics.notify(control, TICKET);
  }

  /** Until every thread has answered, has died or has let the deadline pass; returns why the first of those has not answered. */
  #wait(command: TCommand | 'start', timeoutMs: number): Loss<TCommand> | undefined {
    let loss: Loss<TCommand> | undefined;
    let patience = timeoutMs;
    for (let thread = 0; thread < this.#ports.length; thread++) {
      if (this.#lost.has(thread) || this.#answers(thread, patience)) continue;
      const lost = this.#lose(thread, command, timeoutMs);
      loss ??= lost;
      // the others have had as much time
      if (lost.reason === 'hanging') patience = 0;
    }
    return loss;
  }

  #answers(thread: number, timeoutMs: number): boolean {
    const word = answerWord(thread);
    for (;;) {
      const answer = Atomics.load(this.#control, word);
      if (answer === this.#ticket || answer === DEAD) return answer !== DEAD;
      if (Atomics.wait(this.#control, word, answer, timeoutMs) === 'timed-out') return false;
    }
  }

  #lose(thread: number, command: TCommand | 'start', timeoutMs: number): Loss<TCommand> {
    const control = this.#control;
    const progress = progressWord(thread);
    const isDead = Atomics.load(control, answerWord(thread)) === DEAD;
    this.#lost.add(thread);
    const { failure } = ((isDead ? this.receive(thread) : undefined) as { failure?: PlainError }) ?? {};
    const report = isDead ? this.#reportOn(thread) : undefined;
    return {
      thread,
      command,
      timeoutMs,
      reason: isDead ? 'dead' : 'hanging',
      failure,
      crash: report?.failure,
      exitCode: report?.exitCode,
      progress: [control[progress]!, control[progress + 1]!],
    };
  }

  #reportOn(thread: number): { readonly exitCode: number; readonly failure?: PlainError } | undefined {
    for (;;) {
      const report = this.#threads.receiveMessageOnPort(this.#reports)?.message;
      if (report === undefined || report.thread === thread) return report;
    }
  }
}
