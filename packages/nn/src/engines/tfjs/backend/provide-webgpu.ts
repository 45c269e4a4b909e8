import { type Dawn, dawnEvents } from './dawn-events.js';
import { readThroughDawn } from './dawn-reading.js';
import { importFailure, SkipReason } from './skip-reason.js';
import type { Surroundings } from './surroundings.js';

const NO_DRIVER =
  'webgpu is installed and finds no driver of a GPU (Vulkan on Linux, Metal on macOS, Direct3D 12 on Windows). ' +
  'Install one, name one in VK_ICD_FILENAMES, or use another backend.';

/** As much of a `navigator.gpu` as finding a driver takes. */
interface Gpu {
  requestAdapter(): Promise<object | null>;
}

/** A `navigator.gpu` for the backend that is loaded next. */
export interface ProvidedGpu {
  /** What the started backend has to be told: nothing in a browser. */
  readonly adapt: (backend: object) => void;
  /** Takes back what was put. */
  readonly takeBack: () => void;
}

/** The GPU is there already, and nothing has to be done. */
const there: ProvidedGpu = { adapt() {}, takeBack() {} };

/**
 * Makes sure that there is a `navigator.gpu`: in Node that of the package `webgpu`, put where a browser has it, unless the
 * program has put one there that it made with `create` of that package.
 *
 * @throws SkipReason when there is none to be had
 */
export async function provideWebGpu({ globals, importModule, nodeVersion }: Surroundings): Promise<ProvidedGpu> {
  const { navigator } = globals as { navigator?: { gpu?: Gpu } };
  if (nodeVersion === undefined) {
    if (navigator?.gpu) return there;
    throw new SkipReason('This browser has no WebGPU. Use a newer one, or the backend wasm.');
  }
  // a window of a desktop program: Node and a browser in one
  if (navigator?.gpu && 'OffscreenCanvas' in globals) return there;
  const dawn = (await importModule('webgpu').catch((error) => {
    throw importFailure('webgpu', error, ['@tensorflow/tfjs-backend-webgpu']);
  })) as Dawn;
  const processEvents = dawnEvents(dawn, globals);
  const adapt = (backend: object) => readThroughDawn(backend, processEvents);
  if (navigator?.gpu) return { adapt, takeBack() {} };
  const gpu = dawn.create([]) as Gpu;
  if ((await gpu.requestAdapter()) === null) throw new SkipReason(NO_DRIVER);
  return { adapt, takeBack: putNavigator(gpu, dawn, globals) };
}

/** Puts a `navigator.gpu` and WebGPU's constants where a browser has them; returns what takes them back. */
function putNavigator(gpu: Gpu, { globals: constants }: Dawn, globals: object): () => void {
  const added = Object.keys(constants).filter((name) => !(name in globals));
  const before = Object.getOwnPropertyDescriptor(globals, 'navigator');
  Object.assign(globals, constants);
  // Node 21 and later have a navigator of their own
  Object.defineProperty(globals, 'navigator', {
    value: Object.assign(Object.create(before === undefined ? null : (globals as { navigator: object }).navigator), { gpu }),
    configurable: true,
    writable: true,
  });
  return () => {
    for (const name of added) Reflect.deleteProperty(globals, name);
    Reflect.deleteProperty(globals, 'navigator');
    if (before !== undefined) Object.defineProperty(globals, 'navigator', before);
  };
}
