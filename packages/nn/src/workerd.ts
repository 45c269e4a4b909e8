/**
 * The package on Cloudflare Workers, which compile WebAssembly when a worker is deployed and never while it runs: bundlers take this file for the
 * condition `workerd`. Beside it lie `index.js`, with everything, and the kernels as a file.
 *
 * @packageDocumentation
 */

import { provideKernels } from './index.js';
import kernels from './kernels.wasm';

export * from './index.js';

provideKernels(kernels);
