// A3C in pages in which it cannot run: the check reads what the errors say.
import { agent } from './agent.js';

const workers = 2;
const from = (module: string) => ({ workers, export: 'agent', module: new URL(module, import.meta.url) });

/** What `?fault=` names. */
const faults: Record<string, object> = {
  missing: from('./nowhere.js'),
  video: from('./agent.ts'),
  inlined: from(`data:video/mp2t;base64,${btoa("import { a3c } from '@pg/algos';".repeat(100))}`),
  blob: from('./agent.js'),
  own: { workers, startWorker: () => new Worker(new URL('./nowhere.js', import.meta.url), { type: 'module' }) },
  nothing: {
    workers,
    startWorker: () => new Worker(URL.createObjectURL(new Blob(['throw new RangeError("no licence")'], { type: 'text/javascript' })), { type: 'module' }),
  },
};

async function train(fault: string): Promise<string> {
  const learner = agent.build({ seed: 1, ...faults[fault] });
  for await (const _ of learner.train({ steps: 100 }));
  return 'trained';
}

const fault = new URLSearchParams(location.search).get('fault') ?? '';
Object.assign(globalThis, { trained: train(fault).catch((error: Error) => `${error.name}: ${error.message}`) });
