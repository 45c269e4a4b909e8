import { InvalidOptionsError, type Space } from '@pg/core';
import { plainError, progressOf, receiveMessage, serveCommands, type ThreadChannel, type ThreadTask } from '@pg/core/threads';
import type { EnvSpec } from '../env/env.js';
import { makeVectorEnv } from '../vector/make-vector-env.js';
import type { VectorSnapshot } from '../vector/vector-base.js';
import type { VectorEnv } from '../vector/vector-env.js';
import { COMMANDS, type Command } from './commands.js';
import { identityOf, type ShardTask, type SpecIdentity } from './shard-task.js';
import { rowsOf, type SharedRows } from './shared-rows.js';

type AnyVectorEnv = VectorEnv<Space, Space>;

/**
 * Runs a shard's copies on this thread until told to close. What goes wrong is posted to the learner's thread and ends this one.
 *
 * @param spec - what the environment's module exports
 */
export async function serveShard(spec: EnvSpec<Space, Space, boolean>, { task, channel }: ThreadTask<ShardTask>): Promise<void> {
  try {
    requireSame(identityOf(spec), task.identity);
    const { first, offset, count } = task;
    const { workers: _, ...source } = spec['~source'];
    const rows = rowsOf(task.rows, task.numEnvs, task);
    const shared = { first: offset + first, progress: progressOf(channel), lastEpisodes: rows.lastEpisodes, actionMasks: rows.actionMasks };
    const envs = makeVectorEnv({ ...spec, '~source': source, vectorized: true, numEnvs: count } as never, task.seed, shared) as AnyVectorEnv;
    const commands = commandsOf(envs, rows, channel);
    await serveCommands(
      channel,
      COMMANDS.map((name) => commands[name]),
      COMMANDS.indexOf('close'),
    );
  } catch (error) {
    channel.port.postMessage({ failure: plainError(error) });
    throw error;
  }
}

function commandsOf(envs: AnyVectorEnv, rows: SharedRows, { port }: ThreadChannel): Record<Command, () => void> {
  return {
    step: () => void envs.step(rows.actions, rows as never),
    reset: () => void envs.reset(rows.obs as never),
    snapshot: () => port.postMessage({ copies: (envs.snapshot().data as VectorSnapshot).copies }),
    restore: () => restore(envs, receiveMessage(port) as VectorSnapshot),
    close: () => envs.close(),
  };
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
