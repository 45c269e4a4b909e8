import type { TfjsBackend } from '../tfjs.js';

/** Where a backend comes from. */
export interface BackendCandidate {
  /** The package that registers it. */
  readonly package: string;
  /** The name by which TensorFlow.js knows it. */
  readonly registered: string;
  /** A library for Node that its install script downloads; the package contains TensorFlow.js itself. */
  readonly native: boolean;
}

/** The backends, the ones that promise most first. */
export const backendCandidates: Readonly<Record<TfjsBackend, BackendCandidate>> = {
  'node-gpu': { package: '@tensorflow/tfjs-node-gpu', registered: 'tensorflow', native: true },
  webgpu: { package: '@tensorflow/tfjs-backend-webgpu', registered: 'webgpu', native: false },
  node: { package: '@tensorflow/tfjs-node', registered: 'tensorflow', native: true },
  wasm: { package: '@tensorflow/tfjs-backend-wasm', registered: 'wasm', native: false },
  cpu: { package: '@tensorflow/tfjs-backend-cpu', registered: 'cpu', native: false },
};

/** The order in which backends are tried. */
export const backendOrder = Object.keys(backendCandidates) as readonly TfjsBackend[];
