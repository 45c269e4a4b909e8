/** Goes up with every command; threads sleep on it. */
export const TICKET = 0;
/** What to do: the number of a command. */
export const COMMAND = 1;

const COMMON_WORDS = 2;
const THREAD_WORDS = 3;

/** What stands in a thread's answer when it has ended. */
export const DEAD = -1;

/** Where a thread says which ticket it has answered last, or its supervisor that it is {@link DEAD}; the main thread sleeps on it. */
export const answerWord = (thread: number): number => COMMON_WORDS + thread * THREAD_WORDS;

/** Where a thread says what it is at, in this word and the next. */
export const progressWord = (thread: number): number => answerWord(thread) + 1;

/** Whole numbers in shared memory through which the threads signal to each other. */
export function createControl(threads: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * (COMMON_WORDS + threads * THREAD_WORDS)));
}
