import type { Contest } from '../shared/contest/row.js';
import type { Skipped } from '../shared/peers/peer-file.js';
import { torchPeer } from '../shared/peers/torch-peer.js';
import { trainingSpeed } from '../shared/training-speed.js';
import { type learnCartPoles, ROLLOUT_LENGTH } from './learners.js';

/** The builders by their exports' names, and the module that exports them to workers. */
export interface Learners {
  readonly module: string;
  readonly byName: Readonly<Record<string, ReturnType<typeof learnCartPoles>>>;
}

type Learner = ReturnType<ReturnType<typeof learnCartPoles>['build']>;

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

/** Ours is one run for each number of threads, which goes on from turn to turn: one thread is the calling one, more are workers. */
export async function againstTorch({ module, byName }: Learners, { name, numEnvs, over }: Work, seconds: number): Promise<Contest | Skipped> {
  const torch = torchPeer('torch_a2c_cartpole.py');
  if ('skipped' in torch) return torch;
  const updates = Math.ceil(TORCH_STEPS / numEnvs / ROLLOUT_LENGTH);
  const learners = new Map<number, Learner>();
  const ours = (threads: number) => {
    const workers = threads === 1 ? {} : { workers: threads, module, export: name };
    const learner = learners.get(threads) ?? byName[name]!.build({ seed: 0, ...workers });
    learners.set(threads, learner);
    return trainingSpeed(learner, seconds);
  };
  return { ours: () => over(ours), peer: () => over((threads) => torch.run([numEnvs, ROLLOUT_LENGTH, updates], threads)) };
}
