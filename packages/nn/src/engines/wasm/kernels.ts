import { brandOf, describeValue, InvalidOptionsError, isArrayBuffer } from '@pg/core';
import { compileKernels } from './compile-kernels.js';
import { kernelsBase64 } from './kernels.generated.js';
import { importSharedMemory } from './share-import.js';

/** A byte offset into the engine's memory; 0 is none. */
export type Pointer = number;

/** The functions of `packages/nn/assembly`, where each is documented. Numbers are pointers, counts, codes or values. */
export type Kernels = Readonly<Record<(typeof kernelNames)[number], (...numbers: number[]) => number>>;

const kernelNames = [
  'activationBackward',
  'activationForward',
  'adam',
  'add',
  'addCropped',
  'allowActions',
  'bernoulliBackward',
  'bernoulliEvaluate',
  'bernoulliMode',
  'bernoulliSample',
  'biasGradient',
  'bytesToFloats',
  'categoricalBackward',
  'categoricalEvaluate',
  'categoricalMode',
  'categoricalSample',
  'clamp',
  'clear',
  'clearMasked',
  'convolutionForward',
  'convolutionInputGradient',
  'convolutionWeightGradient',
  'copy',
  'copyUnlessStarted',
  'cosArray',
  'decayRows',
  'expArray',
  'gaussianBackward',
  'gaussianEvaluate',
  'gaussianSample',
  'gatherNonZeros',
  'gruBackward',
  'gruForward',
  'log1pArray',
  'logArray',
  'lstmBackward',
  'lstmForward',
  'maskLogits',
  'padImage',
  'product',
  'rmsprop',
  'rowWithoutChoice',
  'scale',
  'sgd',
  'sgdMomentum',
  'sinArray',
  'sparseProduct',
  'sparseWeightGradient',
  'squash',
  'squashDensities',
  'sumOfSquares',
  'transpose',
  'usePanel',
  'weightGradient',
] as const;

/** Codes that the kernels take, as in `assembly/activation.ts`. */
export const activationCodes = { relu: 0, tanh: 1, elu: 2, sigmoid: 3 } as const;

/** Where a product's sums start, as in `assembly/matrix.ts`. */
export const fromZero = 0;
/** See {@link fromZero}. */
export const fromBias = 1;
/** See {@link fromZero}. */
export const fromResult = 2;

/** Numbers of the panel that products pack 4 rows into, as in `assembly/matrix.ts`. */
export const panelSize = 1024;

const modules: { own?: WebAssembly.Module; shared?: WebAssembly.Module } = {};

/**
 * Takes the kernels from a module that the host has compiled, for hosts that compile no WebAssembly while they run, such as edge functions.
 * Call it before the first network is compiled. On Cloudflare Workers the package does so by itself.
 *
 * @param module - a `WebAssembly.Module` of the file `@pg/nn/kernels.wasm` of the same version of this package
 * @throws InvalidOptionsError for anything else
 *
 * @example
 * ```js
 * import kernels from '@pg/nn/kernels.wasm?module'; // as the host imports WebAssembly
 * import { provideKernels } from '@pg/nn';
 *
 * provideKernels(kernels);
 * ```
 */
export function provideKernels(module: object): void {
  if (!isModule(module)) throw notKernels(describeValue(module));
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  const absent = kernelNames.find((name) => !names.includes(name));
  if (absent !== undefined) throw notKernels(`a module without "${absent}"`);
  modules.own = module;
}

function isModule(value: unknown): value is WebAssembly.Module {
  return brandOf(value) === 'WebAssembly.Module';
}

function notKernels(got: string): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'provideKernels',
    got,
    expected: 'a WebAssembly.Module of the file kernels.wasm of this version',
    remedy: 'Import "@pg/nn/kernels.wasm" as your host imports WebAssembly.',
  });
}

/**
 * The kernels over a memory, shared or not. Each of the two modules is compiled once in a process. Instances keep their state in
 * globals of their own and the panel of `usePanel`, and write nothing when they start, so that many can work in one memory.
 */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  const module = isArrayBuffer(memory.buffer) ? ownModule() : sharedModule();
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}

function ownModule(): WebAssembly.Module {
  modules.own ??= compileKernels(kernelBytes());
  return modules.own;
}

/**
 * The kernels that import a shared memory.
 *
 * @throws UnavailableError where the runtime does not compile them
 */
export function sharedModule(): WebAssembly.Module {
  modules.shared ??= compileKernels(importSharedMemory(kernelBytes()));
  return modules.shared;
}

function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(kernelsBase64), (character) => character.charCodeAt(0));
}
