import { nextEventLoopTurn } from '@pg/core';
import { answerWord, COMMAND, progressWord, TICKET } from './control-words.js';
import type { ThreadChannel } from './thread-task.js';

/** After this many commands without a rest the thread gives timers, output and messages their turn. */
const COMMANDS_A_TURN = 256;

/** How long the thread sleeps before it gives them their turn in between. */
const IDLE_MS = 100;

/**
 * Obeys the commands of a pool on this thread until one of them, `last`, has been carried out. Says at once that the thread has
 * started. What a command throws ends the thread.
 *
 * @param commands - what to do for each command, in the order in which the pool names them
 */
export async function serveCommands({ control, thread, port }: ThreadChannel, commands: readonly (() => void)[], last: number): Promise<void> {
  const word = answerWord(thread);
  for (let ticket = 1; ; ticket++) {
    answer(control, word, ticket);
    if (ticket % COMMANDS_A_TURN === 0) await nextEventLoopTurn();
    // a wake-up alone says nothing: it may be a late one, for the command that has just been carried out
    while (Atomics.load(control, TICKET) === ticket) {
      if (Atomics.wait(control, TICKET, ticket, IDLE_MS) === 'timed-out') await nextEventLoopTurn();
    }
    const command = control[COMMAND]!;
    commands[command]!();
    if (command !== last) continue;
    port.close();
    return answer(control, word, ticket + 1);
  }
}

/** Where a thread says what it is at, for the messages about its end: two numbers. */
export function progressOf({ control, thread }: Pick<ThreadChannel, 'control' | 'thread'>): Int32Array {
  return control.subarray(progressWord(thread), progressWord(thread) + 2);
}

function answer(control: Int32Array, word: number, ticket: number): void {
  Atomics.store(control, word, ticket);
  Atomics.notify(control, word);
}
