import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { againstTorch } from '../a2c/against-torch.js';
import type { Contest, Row } from '../shared/contest/row.js';
import { bestOverThreads } from '../shared/over-threads.js';
import type { Skipped } from '../shared/peers/peer-file.js';
import { torchPeer } from '../shared/peers/torch-peer.js';
import { newRunSpeed } from '../shared/training-speed.js';
import { CART_POLES, cartPoles, pongAgent, R2, r2InShards } from './learners.js';
import { limitPeer } from './limit-peer.js';

/** As many updates as PyTorch makes in about two seconds. */
const TORCH_UPDATES = 25;

/** Everything that is measured, in the order in which it is printed. */
export const rows: readonly Row[] = [
  {
    name: 'one-thread',
    title: 'R2, 16 environments, T 50, one thread',
    peer: 'PyTorch, one thread, environment for free',
    unit: 'steps/s',
    target: 12,
    prepare: (seconds) =>
      againstTorchOnPong(
        () => pongTurn(seconds),
        (run) => run(1),
      ),
  },
  { name: 'limit', title: 'the same', peer: 'C, one thread', unit: 'steps/s', target: 0.35, prepare: againstTheLimit },
  {
    name: 'all-cores',
    title: 'the same, all cores',
    peer: 'PyTorch, its best over threads',
    unit: 'steps/s',
    target: 18,
    prepare: (seconds) => againstTorchOnPong(() => bestOf([() => pongTurn(seconds), () => shardedPongTurn(seconds)]), bestOverThreads),
  },
  {
    name: 'cart-pole',
    title: 'A2C on 2,048 CartPoles, two 4-64-64 networks, all cores',
    peer: 'PyTorch, its best over threads',
    unit: 'steps/s',
    target: 3,
    prepare: (seconds) =>
      againstTorch({ module: import.meta.url, byName: { cartPoles } }, { name: 'cartPoles', numEnvs: CART_POLES, over: bestOverThreads }, seconds),
  },
  { name: 'first-update', title: 'from the start of node to the first update of CartPole', unit: 'ms', target: 250, prepare: firstUpdate },
  { name: 'memory', title: 'memory of R2, the most that the process had', unit: 'MB', target: 300, prepare: memory },
];

let seed = 0;

/** Each turn is a new run, of another seed. */
async function pongTurn(seconds: number): Promise<number> {
  return newRunSpeed(pongAgent(R2).build({ seed: seed++ }), seconds);
}

/** On a thread for each of two shards. */
async function shardedPongTurn(seconds: number): Promise<number> {
  return newRunSpeed(r2InShards.build({ seed: seed++, ...threads('r2InShards', 2) }), seconds);
}

/** How a run is spread over threads, which import this very program. */
function threads(name: string, workers: number) {
  return { workers, module: import.meta.url, export: name };
}

async function bestOf(turns: readonly (() => Promise<number>)[]): Promise<number> {
  let best = 0;
  for (const turn of turns) best = Math.max(best, await turn());
  return best;
}

async function againstTorchOnPong(
  ours: () => Promise<number>,
  over: (run: (threads: number) => Promise<number>) => Promise<number>,
): Promise<Contest | Skipped> {
  const torch = torchPeer('torch_a2c_pong.py');
  if ('skipped' in torch) return torch;
  const { numEnvs, rolloutLength } = R2;
  const peer = () => over((threads) => torch.run([numEnvs, rolloutLength, TORCH_UPDATES], threads));
  return { ours, peer };
}

async function againstTheLimit(seconds: number): Promise<Contest | Skipped> {
  const limit = limitPeer();
  if ('skipped' in limit) return limit;
  return { ours: () => pongTurn(seconds), peer: () => limit.run({ ...R2, seed: seed++, seconds }) };
}

/** Milliseconds of a whole process, as the one that starts it sees them. */
async function firstUpdate(): Promise<Contest> {
  const program = fileURLToPath(new URL('../first-update/main.js', import.meta.url));
  const ours = async () => {
    const start = performance.now();
    await promisify(execFile)(process.execPath, [program]);
    return performance.now() - start;
  };
  return { ours };
}

/** This process measures nothing else. */
async function memory(seconds: number): Promise<Contest> {
  const ours = async () => {
    await pongTurn(seconds);
    return process.resourceUsage().maxRSS / 1024;
  };
  return { ours };
}
