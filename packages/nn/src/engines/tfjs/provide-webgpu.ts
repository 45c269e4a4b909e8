import { importFailure, SkipReason } from './skip-reason.js';
import type { Surroundings } from './surroundings.js';

// seen with tfjs-backend-webgpu 4.22.0 and webgpu 0.6.2: products are right when awaited, but the backend reads at once through a canvas only
const NO_SYNCHRONOUS_READING =
  'In Node, @tensorflow/tfjs-backend-webgpu can give its results only later, and this engine needs them at once (there is no OffscreenCanvas). ' +
  'Use node-gpu, or a browser.';

/** What the package `webgpu` exports: Dawn, the WebGPU of Chrome, for Node. */
interface Dawn {
  /** Makes a `navigator.gpu`. */
  readonly create: (flags: readonly string[]) => object;
  /** `GPUBufferUsage` and the like. */
  readonly globals: object;
}

/**
 * Makes sure that there is a `navigator.gpu`: in Node that of the package `webgpu`, put where a browser has it.
 *
 * @returns takes back what was put
 * @throws SkipReason when there is none to be had
 */
export async function provideWebGpu({ globals, importModule, nodeVersion }: Surroundings): Promise<() => void> {
  const { navigator } = globals as { navigator?: { gpu?: unknown } };
  if (navigator?.gpu) return () => {};
  if (nodeVersion === undefined) throw new SkipReason('This browser has no WebGPU. Use a newer one, or the backend wasm.');
  if (!('OffscreenCanvas' in globals)) throw new SkipReason(NO_SYNCHRONOUS_READING);
  const dawn = await importModule('webgpu').catch((error) => {
    throw importFailure('webgpu', error, ['@tensorflow/tfjs-backend-webgpu']);
  });
  const { create, globals: constants } = dawn as Dawn;
  const added = Object.keys(constants).filter((name) => !(name in globals));
  const before = Object.getOwnPropertyDescriptor(globals, 'navigator');
  Object.assign(globals, constants);
  // Node 21 and later have a navigator of their own
  Object.defineProperty(globals, 'navigator', {
    value: Object.assign(Object.create(navigator ?? null), { gpu: create([]) }),
    configurable: true,
    writable: true,
  });
  return () => {
    for (const name of added) Reflect.deleteProperty(globals, name);
    Reflect.deleteProperty(globals, 'navigator');
    if (before !== undefined) Object.defineProperty(globals, 'navigator', before);
  };
}
