import { pongAgent } from './agent.js';
import type { Rate } from './rate.js';

/** Updates before the clock starts: everything is compiled then. */
const WARM_UP = 20;

/** Steps a second of so many workers, the environment included, for about so many seconds. */
export async function workersRate(workers: number, seconds: number): Promise<Rate> {
  const learner = pongAgent.build({ seed: 1, workers, module: import.meta.url, export: 'pongAgent' });
  let start: { readonly time: number; readonly step: number; readonly cpu: NodeJS.CpuUsage } | undefined;
  let rate: Rate | undefined;
  for await (const { step, updates } of learner.train({ steps: 1e9 })) {
    if (updates === WARM_UP * workers) start = { time: performance.now(), step, cpu: process.cpuUsage() };
    if (start === undefined || performance.now() - start.time < 1000 * seconds) continue;
    const { user, system } = process.cpuUsage(start.cpu);
    const steps = step - start.step;
    rate = { stepsPerSecond: (1000 * steps) / (performance.now() - start.time), cpuMsPer1000: (user + system) / steps };
    break;
  }
  await learner[Symbol.asyncDispose]();
  return rate!;
}
