import { UnavailableError } from '@pg/core';
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
 * The kernels over a memory, shared or not. Each of the two modules is compiled once in a process. Instances keep their state in
 * globals of their own and the panel of `usePanel`, and write nothing when they start, so that many can work in one memory.
 */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  const kind = isShared(memory.buffer) ? 'shared' : 'own';
  modules[kind] ??= compileModule(kind === 'shared' ? importSharedMemory : (bytes) => bytes);
  return new WebAssembly.Instance(modules[kind], { env: { memory } }).exports as unknown as Kernels;
}

/** The constructor is missing where a page may not share memory. */
function isShared(buffer: unknown): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
}

function compileModule(prepare: (bytes: Uint8Array) => Uint8Array): WebAssembly.Module {
  const bytes = prepare(Uint8Array.from(atob(kernelsBase64), (character) => character.charCodeAt(0)));
  try {
    return new WebAssembly.Module(bytes as BufferSource);
  } catch (cause) {
    throw new UnavailableError({
      where: 'wasm engine',
      got: 'a runtime that cannot compile the kernels',
      expected: 'WebAssembly with SIMD (every browser since 2023, Node since 16)',
      remedy: 'Use a newer runtime, or allow WebAssembly in the content security policy.',
      cause,
    });
  }
}
