import { bestOverThreads, torchPeer } from '../pong/peers.js';
import type { Contest, Row } from '../pong/row.js';
import { type learnCartPoles, ROLLOUT_LENGTH } from './learners.js';

/** The builders by their number of environments, and the module that exports them to workers. */
export interface Learners {
  readonly module: string;
  readonly byName: Readonly<Record<string, ReturnType<typeof learnCartPoles>>>;
}

/** As many steps as PyTorch makes in about two seconds. */
const TORCH_STEPS = 200_000;

/** What is measured. */
export interface Work {
  /** The builder's export. */
  readonly name: string;
  readonly numEnvs: number;
  /** Over how many threads each side takes its best: one, or all numbers up to the cores. */
  readonly over: (run: (threads: number) => Promise<number>) => Promise<number>;
}

/** Everything that is measured, in the order in which it is printed. */
export function rowsOf(learners: Learners): readonly Row[] {
  const oneThread = (run: (threads: number) => Promise<number>) => run(1);
  const row = (name: string, title: string, { target, ...work }: Work & { readonly target: number }): Row => ({
    name,
    title,
    peer: work.over === oneThread ? 'PyTorch, one thread' : 'PyTorch, its best over threads',
    unit: 'steps/s',
    target,
    prepare: (seconds) => against(learners, work, seconds),
  });
  return [
    row('one-32', '32 environments, one thread', { name: 'envs32', numEnvs: 32, over: oneThread, target: 3 }),
    row('one-256', '256 environments, one thread', { name: 'envs256', numEnvs: 256, over: oneThread, target: 1.6 }),
    row('all-256', '256 environments, all cores', { name: 'envs256', numEnvs: 256, over: bestOverThreads, target: 2.5 }),
    row('all-2048', '2,048 environments, all cores', { name: 'envs2048', numEnvs: 2048, over: bestOverThreads, target: 3 }),
  ];
}

/** Ours is one run for each number of threads, which goes on from turn to turn: one thread is the calling one, more are workers. */
export async function against({ module, byName }: Learners, { name, numEnvs, over }: Work, seconds: number): Promise<Contest> {
  const torch = torchPeer('torch_a2c_cartpole.py');
  if ('skipped' in torch) return torch;
  const updates = Math.ceil(TORCH_STEPS / numEnvs / ROLLOUT_LENGTH);
  const learners = new Map<number, Learner>();
  const ours = (threads: number) => {
    const workers = threads === 1 ? {} : { workers: threads, module, export: name };
    const learner = learners.get(threads) ?? byName[name]!.build({ seed: 0, ...workers });
    learners.set(threads, learner);
    return speedOf(learner, seconds);
  };
  return { ours: () => over(ours), peer: () => over((threads) => torch.run([numEnvs, ROLLOUT_LENGTH, updates], threads)) };
}

type Learner = ReturnType<ReturnType<typeof learnCartPoles>['build']>;

/** Environment steps a second, over so many seconds. */
async function speedOf(learner: Learner, seconds: number): Promise<number> {
  const first = learner.step;
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  for await (const _ of learner.train({ steps: 1e9, until: () => elapsed() >= seconds }));
  return (learner.step - first) / elapsed();
}
