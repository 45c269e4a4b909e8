import { plainError, progressOf, receiveMessage, serveCommands, type ThreadTask } from '@pg/core/threads';
import { wasmEngine } from '@pg/nn';
import type { Composition } from '../builder/algorithm-builder.js';
import type { RunPlan } from '../definition/plan-run.js';
import { withMasks } from '../training/run.js';
import { compileShard } from './compile-shard.js';
import { RunningShard } from './run-shard.js';
import { type NamesMessage, type ReadyMessage, type RestoreMessage, SHARD_COMMANDS, type ShardsTask } from './shards-task.js';

/** Has some of a run's shards on this thread, until told to close. */
export async function serveShards(plan: RunPlan, composition: Composition<unknown>, { task, channel }: ThreadTask<ShardsTask>): Promise<void> {
  const { seed, memory, network, mails } = task;
  const { env, policy } = composition;
  const { settings } = plan;
  const model = withMasks(settings.algorithm, policy, env);
  const networkEngine = wasmEngine({ memory });
  const startShard = (_: unknown, i: number) => {
    const index = task.first + i;
    const compiled = compileShard({ model, settings, numEnvs: env.numEnvs, networkEngine, network: { shared: network } });
    const { valueHead } = model;
    return new RunningShard({ plan, envSpec: env, network: compiled, valueHead, seed, index, mail: mails[index]!, progress: progressOf(channel) });
  };
  const running = Array.from({ length: task.count }, startShard);
  const { port } = channel;
  const attempt = (failures: readonly ({ readonly error: unknown } | undefined)[]) => {
    for (const failure of failures) if (failure) port.postMessage({ failure: plainError(failure.error) });
  };
  const commands: Record<(typeof SHARD_COMMANDS)[number], () => void> = {
    advance() {
      attempt(running.map((shard) => shard.advance()));
      const [first] = running;
      if (task.first === 0 && first!.mail.header.renamed === 1) port.postMessage({ names: first!.metricNames } satisfies NamesMessage);
    },
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
  port.postMessage({ networks: running.map(({ network }) => network.shared!) } satisfies ReadyMessage);
  await serveCommands(
    channel,
    SHARD_COMMANDS.map((command) => commands[command]),
    SHARD_COMMANDS.length - 1,
  );
}

/** What the learner gets of its shards: a state that cannot be saved ends nothing. */
function savedBy(running: readonly Pick<RunningShard, 'save'>[]) {
  try {
    return { saved: running.map((shard) => shard.save()) };
  } catch (error) {
    return { failure: plainError(error) };
  }
}
