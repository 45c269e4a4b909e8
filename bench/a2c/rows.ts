import type { Row } from '../shared/contest/row.js';
import { bestOverThreads } from '../shared/over-threads.js';
import { againstTorch, type Learners, type Work } from './against-torch.js';

/** Everything that is measured, in the order in which it is printed. */
export function rowsOf(learners: Learners): readonly Row[] {
  const oneThread = (run: (threads: number) => Promise<number>) => run(1);
  const row = (name: string, title: string, { target, ...work }: Work & { readonly target: number }): Row => ({
    name,
    title,
    peer: work.over === oneThread ? 'PyTorch, one thread' : 'PyTorch, its best over threads',
    unit: 'steps/s',
    target,
    prepare: (seconds) => againstTorch(learners, work, seconds),
  });
  return [
    row('one-32', '32 environments, one thread', { name: 'envs32', numEnvs: 32, over: oneThread, target: 3 }),
    row('one-256', '256 environments, one thread', { name: 'envs256', numEnvs: 256, over: oneThread, target: 1.6 }),
    row('all-256', '256 environments, all cores', { name: 'envs256', numEnvs: 256, over: bestOverThreads, target: 2.5 }),
    row('all-2048', '2,048 environments, all cores', { name: 'envs2048', numEnvs: 2048, over: bestOverThreads, target: 3 }),
  ];
}
