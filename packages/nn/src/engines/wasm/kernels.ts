import { UnavailableError } from '@pg/core';
import { kernelsBase64 } from './kernels.generated.js';

/** A byte offset into the engine's memory; 0 is none. */
export type Pointer = number;

/** The functions of `packages/nn/assembly`, where each is documented. Numbers are pointers, counts, codes or values. */
export type Kernels = Readonly<Record<(typeof kernelNames)[number], (...numbers: number[]) => number>>;

const kernelNames = [
  'activationBackward',
  'activationForward',
  'adam',
  'addCropped',
  'biasGradient',
  'categoricalBackward',
  'categoricalEvaluate',
  'categoricalMode',
  'categoricalSample',
  'clear',
  'convolutionForward',
  'convolutionInputGradient',
  'convolutionWeightGradient',
  'copy',
  'copyUnlessStarted',
  'cosArray',
  'expArray',
  'gaussianBackward',
  'gaussianEvaluate',
  'gaussianSample',
  'gatherNonZeros',
  'gruBackward',
  'gruForward',
  'logArray',
  'lstmBackward',
  'lstmForward',
  'padImage',
  'product',
  'rmsprop',
  'scale',
  'sgd',
  'sgdMomentum',
  'sinArray',
  'sparseProduct',
  'sparseWeightGradient',
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

let compiled: WebAssembly.Module | undefined;

/** The kernels over a memory. The module is compiled once in a process. */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  compiled ??= compileModule();
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernels;
}

function compileModule(): WebAssembly.Module {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(kernelsBase64), (character) => character.charCodeAt(0)));
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
