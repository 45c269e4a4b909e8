import { InvalidOptionsError, nextEventLoopTurn, type Space } from '@pg/core';
import type { EnvSpec } from '../env/env.js';
import { makeVectorEnv } from '../vector/make-vector-env.js';
import type { VectorSnapshot } from '../vector/vector-base.js';
import type { VectorEnv } from '../vector/vector-env.js';
import { answerWord, COMMAND, Command, progressWord, TICKET } from './control.js';
import { nodeThreads } from './node-threads.js';
import { plainError } from './plain-error.js';
import { identityOf, type ShardTask, type SpecIdentity } from './shard-task.js';
import { rowsOf, type SharedRows } from './shared-rows.js';

type AnyVectorEnv = VectorEnv<Space, Space>;

/** After this many commands without a rest the thread gives timers, output and messages their turn. */
const COMMANDS_A_TURN = 256;

/**
 * Runs a shard's copies on this thread until told to close. What goes wrong is posted to the learner's thread and ends this one.
 *
 * @param spec - what the environment's module exports
 */
export async function serveShard(spec: EnvSpec<Space, Space, boolean>, task: ShardTask): Promise<void> {
  try {
    requireSame(identityOf(spec), task.identity);
    const { control, first, shard, count } = task;
    const { workers: _, ...source } = spec['~source'];
    const progress = control.subarray(progressWord(shard), progressWord(shard) + 2);
    const rows = rowsOf(task.rows, task.numEnvs, task);
    const shared = { first, progress, lastEpisodes: rows.lastEpisodes, actionMasks: rows.actionMasks };
    const envs = makeVectorEnv({ ...spec, '~source': source, vectorized: true, numEnvs: count } as never, task.seed, shared) as AnyVectorEnv;
    await obey(envs, rows, task);
  } catch (error) {
    task.port.postMessage({ failure: plainError(error) });
    throw error;
  }
}

/** How long the thread sleeps before it gives them their turn in between. */
const IDLE_MS = 100;

async function obey(envs: AnyVectorEnv, rows: SharedRows, task: ShardTask): Promise<void> {
  const { control, shard, port } = task;
  const word = answerWord(shard);
  for (let ticket = 1; ; ticket++) {
    answer(control, word, ticket);
    if (ticket % COMMANDS_A_TURN === 0) await nextEventLoopTurn();
    // a wake-up alone says nothing: it may be a late one, for the command that has just been carried out
    while (Atomics.load(control, TICKET) === ticket) {
      if (Atomics.wait(control, TICKET, ticket, IDLE_MS) === 'timed-out') await nextEventLoopTurn();
    }
    const command = control[COMMAND];
    if (command === Command.close) {
      envs.close();
      port.close();
      return answer(control, word, ticket + 1);
    }
    if (command === Command.step) envs.step(rows.actions, rows as never);
    else if (command === Command.reset) envs.reset(rows.obs as never);
    else if (command === Command.snapshot) port.postMessage({ copies: (envs.snapshot().data as VectorSnapshot).copies });
    else restore(envs, nodeThreads(envs.id).receiveMessageOnPort(port)?.message as VectorSnapshot);
  }
}

function answer(control: Int32Array, word: number, ticket: number): void {
  Atomics.store(control, word, ticket);
  Atomics.notify(control, word);
}

function restore(envs: AnyVectorEnv, data: VectorSnapshot): void {
  envs.restore({ id: envs.id, numEnvs: envs.numEnvs, data });
}

/** Refuses a module that exports another environment than the one that was vectorised. */
function requireSame(here: SpecIdentity, there: SpecIdentity): void {
  const names = ['id', 'observations', 'actions', 'maxSteps'] as const;
  const different = names.find((name) => here[name] !== there[name]);
  if (different === undefined) return;
  throw new InvalidOptionsError({
    where: `${there.id}.make`,
    got: `a module that exports another specification: its ${different} is ${here[different]}`,
    expected: `${there[different]}, as the specification that was vectorised has`,
    remedy: 'Export the whole specification, stages and wrappers included, from the module, and vectorise that very export.',
  });
}
