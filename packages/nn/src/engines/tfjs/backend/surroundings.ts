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

/** Bundlers follow the imports that are spelled out; the native packages, which only Node can load, they must not see. */
function importModule(name: string): Promise<unknown> {
  switch (name) {
    case '@tensorflow/tfjs':
      return import('@tensorflow/tfjs');
    case '@tensorflow/tfjs-core':
      return import('@tensorflow/tfjs-core');
    case '@tensorflow/tfjs-backend-cpu':
      return import('@tensorflow/tfjs-backend-cpu');
    case '@tensorflow/tfjs-backend-wasm':
      return import('@tensorflow/tfjs-backend-wasm');
    case '@tensorflow/tfjs-backend-webgpu':
      return import('@tensorflow/tfjs-backend-webgpu');
    default:
      return import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  }
}
