import { plainError, progressOf, receiveMessage, serveCommands, type ThreadTask } from '@pg/core/threads';
import { wasmEngine } from '@pg/nn';
import type { Composition } from '../builder/algorithm-builder.js';
import { type RunSettings, withMasks } from '../training/run.js';
import { compileShard } from './compile-shard.js';
import { RunningShard } from './run-shard.js';
import type { ShardProgram } from './shard.js';
import { OWN_COMMANDS, type ReadyMessage, type RestoreMessage, type ShardsTask } from './shards-task.js';

/** What an algorithm makes of its composition, on this thread as on the learner's. */
export interface ShardPlan<TCommand extends string, TName extends string> {
  readonly program: ShardProgram<TCommand, TName>;
  readonly settings: RunSettings;
}

/** Has some of a run's shards on this thread, until told to close. */
export async function serveShards<TCommand extends string, TName extends string>(
  { program, settings }: ShardPlan<TCommand, TName>,
  composition: Composition<unknown>,
  { task, channel }: ThreadTask<ShardsTask>,
): Promise<void> {
  const { seed, memory, network, mails } = task;
  const { env, policy } = composition;
  const { shards, algorithm } = settings;
  const model = withMasks(algorithm, policy, env);
  const networkEngine = wasmEngine({ memory });
  const startShard = (_: unknown, i: number) => {
    const index = task.first + i;
    const compiled = compileShard({ model, settings, numEnvs: env.numEnvs, networkEngine, network: { shared: network } });
    const { valueHead } = model;
    return new RunningShard({ program, envSpec: env, network: compiled, valueHead, seed, index, shards, mail: mails[index]!, progress: progressOf(channel) });
  };
  const running = Array.from({ length: task.count }, startShard);
  const { port } = channel;
  const attempt = (failures: readonly ({ readonly error: unknown } | undefined)[]) => {
    for (const failure of failures) if (failure) port.postMessage({ failure: plainError(failure.error) });
  };
  const own: Record<(typeof OWN_COMMANDS)[number], () => void> = {
    save: () => port.postMessage(savedBy(running)),
    restore() {
      const { saved, from } = receiveMessage(port) as RestoreMessage;
      attempt(running.map((shard, i) => shard.restore(saved[i], from)));
    },
    undo() {
      for (const shard of running) shard.undo();
    },
    close() {
      for (const shard of running) shard.dispose();
    },
  };
  port.postMessage({ networks: running.map(({ shard }) => shard.network.shared!) } satisfies ReadyMessage);
  const commands = program.commands.map((command) => () => attempt(running.map((shard) => shard.run(command))));
  const all = [...commands, ...OWN_COMMANDS.map((command) => own[command])];
  await serveCommands(channel, all, all.length - 1);
}

/** What the learner gets of its shards: a state that cannot be saved ends nothing. */
function savedBy(running: readonly Pick<RunningShard<string, string>, 'save'>[]) {
  try {
    return { saved: running.map((shard) => shard.save()) };
  } catch (error) {
    return { failure: plainError(error) };
  }
}
