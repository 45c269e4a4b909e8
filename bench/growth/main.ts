// Draws how speed changes with the number of environments, of hidden units and of threads, beside PyTorch's.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { type CurveSeries, learningCurve } from '@pg/monitor';
import { learnCartPoles, ROLLOUT_LENGTH } from '../a2c/learners.js';
import { CART_POLES, cartPoles, pongAgent, R2 } from '../pong/learners.js';
import { readCommandLine, wholeNumber } from '../shared/command-line.js';
import { torchPeer } from '../shared/peers/torch-peer.js';
import { median } from '../shared/statistics.js';
import { newRunSpeed } from '../shared/training-speed.js';

export { cartPoles } from '../pong/learners.js';

const USAGE = `Usage: npm run bench -- growth [--out docs/pictures] [--repetitions 3] [--smoke]

Writes growth-environments.svg, growth-units.svg and growth-threads.svg. PyTorch's curves need the peers of the benchmarks "pong" and "a2c".
--smoke measures for a moment: its pictures say nothing.`;

/** A curve's measurement at a place: steps a second. */
type Measure = (x: number) => Promise<number>;

/** One picture. */
interface Picture {
  readonly file: string;
  readonly title: string;
  readonly xLabel: string;
  readonly places: readonly number[];
  readonly curves: Readonly<Record<string, { readonly measure: Measure; readonly places?: readonly number[] }>>;
}

// worker threads import this file for the agent only
if (isMainThread) await main();

async function main(): Promise<void> {
  const options = {
    out: { type: 'string', default: 'docs/pictures' },
    repetitions: { type: 'string', default: '3' },
    smoke: { type: 'boolean', default: false },
  } as const;
  const asked = readCommandLine(USAGE, (args) => {
    const { out, repetitions, smoke } = parseArgs({ args, options }).values;
    return { out, repetitions: wholeNumber('repetitions', repetitions), smoke };
  });
  if (asked === undefined) return;
  const { out, repetitions, smoke } = asked;
  mkdirSync(out, { recursive: true });
  for (const picture of pictures(smoke ? 0.05 : 0.7)) {
    writeFileSync(path.join(out, `${picture.file}.svg`), await draw(picture, smoke ? 1 : repetitions));
    console.log(`${picture.file}.svg`);
  }
}

function pictures(seconds: number): readonly Picture[] {
  const torch = torchPeer('torch_a2c_cartpole.py');
  const torchCartPole = (numEnvs: number, threads: number) => {
    // about two seconds, however many
    const updates = Math.max(8, Math.round((2 * 150_000) / (numEnvs + 250) / 16));
    return 'run' in torch ? torch.run([numEnvs, ROLLOUT_LENGTH, updates], threads) : Promise.resolve(Number.NaN);
  };
  const peer = (measure: Measure) => ('run' in torch ? { 'PyTorch, one thread': { measure } } : {});
  const cores = cpus().length;
  const ours = 'this library, one thread';
  return [
    {
      file: 'growth-environments',
      title: 'A2C on CartPole, two 4-64-64 networks',
      xLabel: 'environments',
      places: [1, 4, 16, 64, 256, 1024, 4096],
      curves: {
        [ours]: { measure: (numEnvs) => newRunSpeed(learnCartPoles(numEnvs).build({ seed: 0 }), seconds) },
        ...peer((numEnvs) => torchCartPole(numEnvs, 1)),
      },
    },
    {
      file: 'growth-units',
      title: 'A2C on Pong from pixels, 16 environments',
      xLabel: 'hidden units',
      places: [16, 32, 64, 128, 200, 256, 512, 1024],
      curves: { [ours]: { measure: (hidden) => newRunSpeed(pongAgent(R2, { hidden }).build({ seed: 0 }), seconds) }, ...pongPeer() },
    },
    {
      file: 'growth-threads',
      title: 'A2C on 2,048 CartPoles, two 4-64-64 networks',
      xLabel: 'threads',
      places: [1, 2, 4, 8, 16].filter((count) => count <= cores),
      curves: {
        'this library': { measure: (workers) => newRunSpeed(cartPoles.build({ seed: 0, workers, module: import.meta.url, export: 'cartPoles' }), seconds) },
        ...('run' in torch && { PyTorch: { measure: (threads: number) => torchCartPole(CART_POLES, threads) } }),
      },
    },
  ];
}

/** The peer has 200 units, and its environment for free. */
function pongPeer(): Picture['curves'] {
  const torch = torchPeer('torch_a2c_pong.py');
  if ('skipped' in torch) return {};
  return { 'PyTorch, 200 units': { measure: () => torch.run([R2.numEnvs, R2.rolloutLength, 15], 1), places: [200] } };
}

/**
 * All curves take turns at all places, several times over: what else the machine does then disturbs each of them alike. A first round at
 * two places, in which the compiler is at work, does not count.
 */
async function draw({ title, xLabel, places, curves }: Picture, repetitions: number): Promise<string> {
  const found = Object.entries(curves).map(([label, { measure, places: own = places }]) => ({ label, measure, own, speeds: own.map((): number[] => []) }));
  for (let round = 0; round <= repetitions; round++) {
    for (const [i, x] of places.entries()) {
      for (const { measure, own, speeds } of found) {
        const at = own.indexOf(x);
        const speed = at < 0 ? Number.NaN : await measure(x);
        if (at >= 0 && round > 0) speeds[at]!.push(speed);
      }
      if (round === 0 && i === 1) break;
    }
  }
  const series = found.map(({ label, own, speeds }): CurveSeries => ({ label, points: own.map((x, i) => ({ x, y: median(speeds[i]!) })) }));
  return learningCurve(series, { title, xLabel, yLabel: 'steps a second', xScale: 'log', yScale: 'log', markers: true });
}
