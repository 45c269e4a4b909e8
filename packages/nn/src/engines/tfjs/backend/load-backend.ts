import { UnavailableError } from '@pg/core';
import type { Device, TensorFlow } from '../tensorflow.js';
import type { TfjsBackend } from '../tfjs.js';
import { type BackendCandidate, backendCandidates, backendOrder } from './backend-candidates.js';
import { provideWebGpu } from './provide-webgpu.js';
import { importFailure, nativeFailure, SkipReason, startFailure } from './skip-reason.js';
import { startBackend } from './start-backend.js';
import { type Surroundings, thisProgram } from './surroundings.js';

const CORE = '@tensorflow/tfjs-core';
/** The core, the CPU backend and more in one package. */
const WHOLE = '@tensorflow/tfjs';

/** A backend that computes. */
export interface LoadedBackend {
  readonly device: Device;
  readonly backend: TfjsBackend;
  /** A sentence for each backend that was tried before. */
  readonly skipped: readonly string[];
}

/** The load that is under way: which backend computes is a global of TensorFlow.js, so one after the other is started. */
let before: Promise<unknown> = Promise.resolve();

/**
 * Loads the first backend that works, or the one that is wanted.
 *
 * @throws UnavailableError when there is none; the sentences say why
 */
export function loadBackend(wanted: TfjsBackend | undefined, surroundings: Surroundings = thisProgram()): Promise<LoadedBackend> {
  const load = before.then(() => loadFirst(wanted, surroundings));
  before = load.catch(() => {});
  return load;
}

async function loadFirst(wanted: TfjsBackend | undefined, surroundings: Surroundings): Promise<LoadedBackend> {
  const skipped: string[] = [];
  for (const backend of wanted === undefined ? backendOrder : [wanted]) {
    try {
      return { device: await loadCandidate(backend, surroundings), backend, skipped };
    } catch (error) {
      if (!(error instanceof SkipReason)) throw error;
      skipped.push(`${backend}: ${error.message}`);
    }
  }
  throw unavailable(wanted, skipped);
}

async function loadCandidate(backend: TfjsBackend, surroundings: Surroundings): Promise<Device> {
  const candidate = backendCandidates[backend];
  if (candidate.native) return loadNative(candidate, surroundings);
  if (backend !== 'webgpu') return loadPortable(candidate, surroundings);
  const { adapt, takeBack } = await provideWebGpu(surroundings);
  try {
    return await loadPortable(candidate, surroundings, adapt);
  } catch (error) {
    takeBack();
    throw error;
  }
}

/** A package that contains TensorFlow.js and a backend. */
async function loadNative({ package: name, registered }: BackendCandidate, { importModule, nodeVersion }: Surroundings): Promise<Device> {
  if (nodeVersion === undefined) throw new SkipReason(`${name} runs in Node only. Here, use webgpu, wasm or cpu.`);
  try {
    return await startBackend(namespaceOf(await importModule(name)), registered);
  } catch (error) {
    throw nativeFailure(name, error, nodeVersion);
  }
}

/** A backend beside the core. */
async function loadPortable(
  { package: name, registered }: BackendCandidate,
  { importModule }: Surroundings,
  adapt: (backend: object) => void = () => {},
): Promise<Device> {
  const tf = await loadCore(name, importModule);
  // the whole package has brought the CPU's along
  if (tf.findBackendFactory(registered) == null) {
    await importModule(name).catch((error) => {
      throw importFailure(name, error);
    });
  }
  return startBackend(tf, registered, adapt).catch((error) => {
    throw startFailure(name, error);
  });
}

/** The core that a backend is for. */
async function loadCore(backend: string, importModule: Surroundings['importModule']): Promise<TensorFlow> {
  const module = await importModule(CORE).catch((error) =>
    importModule(WHOLE).catch(() => {
      throw importFailure(CORE, error, [backend]);
    }),
  );
  return namespaceOf(module);
}

/** A CommonJS package may have all its functions in the default export only. */
function namespaceOf(module: unknown): TensorFlow {
  const { default: inner } = module as { default?: unknown };
  return (typeof (module as TensorFlow).matMul === 'function' ? module : inner) as TensorFlow;
}

function unavailable(wanted: TfjsBackend | undefined, skipped: readonly string[]): UnavailableError {
  const reasons = skipped.map((sentence) => sentence.replace(/\.$/, '')).join('; ');
  return new UnavailableError({
    where: 'tfjs',
    got: wanted === undefined ? `no backend that works (${reasons})` : reasons,
    expected: wanted === undefined ? 'one that is installed and works' : 'that backend, which was asked for by name',
    remedy: 'Or use wasmEngine() of @pg/nn, which needs nothing and is the faster one on a CPU.',
  });
}
