// The types of the main entry: one declaration of them is published, and this one refers to it.
import type { Engine } from '@pg/nn';
import { loadBackend } from './backend/load-backend.js';
import { checkOptions } from './check-options.js';
import { tfjsEngine } from './tfjs-engine.js';

/** A backend of TensorFlow.js: a GPU through CUDA, a GPU through WebGPU, the native CPU library, WebAssembly, or plain JavaScript. */
export type TfjsBackend = 'node-gpu' | 'webgpu' | 'node' | 'wasm' | 'cpu';

/** What {@link tfjs} can be told. */
export interface TfjsOptions {
  /** The backend that it must be; by default the first of those above that is installed and works. */
  readonly backend?: TfjsBackend;
}

/** An engine that computes with TensorFlow.js. */
export interface TfjsEngine extends Engine {
  /** The backend that computes. */
  readonly backend: TfjsBackend;
  /** Why each backend that was tried before does not: a sentence each, with what to do. */
  readonly skipped: readonly string[];
}

/**
 * Loads TensorFlow.js, which the user has installed, and makes an engine of it: for a GPU. On a CPU `wasmEngine()` is
 * faster, and computes the same bits everywhere, which TensorFlow.js does not.
 *
 * Parameters, inputs, outputs, gradients and optimiser moments are ordinary arrays in this process's memory. Every forward
 * and backward pass sends the inputs, and the parameters that changed since the last one, however they were changed.
 *
 * @example
 * ```ts
 * const engine = await tfjs();
 * console.log(engine.backend, engine.skipped);
 * ```
 * @throws InvalidOptionsError for an unknown option or backend
 * @throws UnavailableError when the named backend, or every backend, is not installed or does not work; the message says why
 */
export async function tfjs(options: TfjsOptions = {}): Promise<TfjsEngine> {
  checkOptions(options);
  return tfjsEngine(await loadBackend(options.backend));
}
