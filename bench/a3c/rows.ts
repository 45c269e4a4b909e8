import type { Row } from '../shared/contest/row.js';
import { torchFile } from '../shared/peers/torch-peer.js';
import type { Rate } from './rate.js';
import { torchRate } from './torch.js';
import { workersRate } from './workers.js';

/** Everything that is measured, in the order in which it is printed. */
export const rows: readonly Row<Rate>[] = [
  {
    name: 'one-worker',
    title: 'R3, rollouts of 20 steps, one worker',
    peer: 'PyTorch, one thread, environment for free',
    unit: 'steps/s',
    target: 2,
    async prepare(seconds) {
      const torch = torchFile('torch_a3c_conv_lstm.py');
      if ('skipped' in torch) return torch;
      return { ours: () => workersRate(1, seconds), peer: () => torchRate(torch.file, seconds) };
    },
  },
  {
    name: 'two-workers',
    title: 'the same, two workers',
    peer: 'one worker',
    unit: 'steps/s',
    target: 1.7,
    prepare: async (seconds) => ({ ours: () => workersRate(2, seconds), peer: () => workersRate(1, seconds) }),
  },
];
