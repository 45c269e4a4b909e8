/** What a backend is loaded in; the tests bring their own. */
export interface Surroundings {
  /** Imports a package by its name. */
  readonly importModule: (name: string) => Promise<unknown>;
  /** The version of Node, `22.12.0`; undefined elsewhere. */
  readonly nodeVersion: string | undefined;
  /** The global object: where WebGPU is found, or put. */
  readonly globals: object;
}

/** This process, or this page. */
export function thisProgram(): Surroundings {
  return { importModule, nodeVersion: globalThis.process?.versions?.node, globals: globalThis };
}

/**
 * Bundlers follow the imports that are spelled out; the native packages, which only Node can load, they must not see. None of them has to be
 * installed: a bundler takes an import inside `try` for one that may fail.
 */
async function importModule(name: string): Promise<unknown> {
  try {
    switch (name) {
      case '@tensorflow/tfjs':
        return await import('@tensorflow/tfjs');
      case '@tensorflow/tfjs-core':
        return await import('@tensorflow/tfjs-core');
      case '@tensorflow/tfjs-backend-cpu':
        return await import('@tensorflow/tfjs-backend-cpu');
      case '@tensorflow/tfjs-backend-wasm':
        return await import('@tensorflow/tfjs-backend-wasm');
      case '@tensorflow/tfjs-backend-webgpu':
        return await import('@tensorflow/tfjs-backend-webgpu');
      default:
        return await import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ name);
    }
  } catch (error) {
    return Promise.reject(error);
  }
}
