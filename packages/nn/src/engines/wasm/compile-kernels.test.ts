import { afterEach, describe, expect, test, vi } from 'vitest';
import { dense } from '../../network/layer.js';
import { compileKernels } from './compile-kernels.js';
import { kernelsBase64 } from './kernels.generated.js';
import { provideKernels } from './kernels.js';
import { createSharedMemory } from './memory/create-shared-memory.js';
import { wasmEngine } from './wasm-engine.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const kernels = () => Uint8Array.from(atob(kernelsBase64), (character) => character.charCodeAt(0));
const network = { inputShape: [2], trunk: [], heads: { logits: [dense(2)] } };
const distribution = { kind: 'categorical', head: 'logits' } as const;
const compile = () => wasmEngine().compile(network, { rows: 1e5, distribution });

/** WebAssembly whose compiler refuses modules. */
function stubCompiler(refuses: (bytes: Uint8Array) => boolean, message: string, validate = true): void {
  class Module {
    constructor(bytes: Uint8Array) {
      if (refuses(bytes)) throw new WebAssembly.CompileError(message);
    }
  }
  const { Memory, Instance, CompileError } = WebAssembly;
  vi.stubGlobal('WebAssembly', { Memory, Instance, CompileError, Module, validate: () => validate });
}

describe('a runtime', () => {
  test('without WebAssembly', () => {
    vi.stubGlobal('WebAssembly', undefined);
    const message = 'got a runtime without WebAssembly; expected WebAssembly with SIMD (every browser since 2023, Node since 16). Start Node without --jitless';
    expect(compile).toThrow(`wasm engine: ${message}`);
    expect(() => createSharedMemory({ megabytes: 1 })).toThrow(`createSharedMemory: ${message}`);
    expect(() => compileKernels(kernels())).toThrow(`wasm engine: ${message}`);
  });

  test('that forbids compiling', () => {
    stubCompiler(() => true, 'blocked by CSP');
    expect(() => compileKernels(kernels())).toThrow(
      "wasm engine: got a host that forbids compiling WebAssembly (blocked by CSP); expected one that allows it, or compiles the kernels itself. In a page, add 'wasm-unsafe-eval' to script-src",
    );
  });

  test('without SIMD', () => {
    stubCompiler((bytes) => bytes.length > 8, 'invalid opcode 0xfd', false);
    expect(() => compileKernels(kernels())).toThrow('wasm engine: got a runtime whose WebAssembly has no SIMD, or not what the kernels need of it;');
  });

  test('that has no room for code', () => {
    stubCompiler((bytes) => bytes.length > 8, 'out of memory');
    expect(() => compileKernels(kernels())).toThrow('wasm engine: got a runtime that does not compile the kernels, though they are valid (out of memory);');
  });

  test('whose memory cannot grow', () => {
    vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation((pages) => {
      if (pages === 0) return 1;
      throw new RangeError('maximum memory size exceeded');
    });
    expect(compile).toThrow(
      /^wasm engine: got 100000 rows of a network with 6 parameters, which need \d\.\d MiB; expected a runtime that lets WebAssembly memory grow so far\. Free memory or raise the limit/,
    );
  });
});

describe('provideKernels', () => {
  test('takes the kernels as a host compiles them', () => {
    provideKernels(new WebAssembly.Module(kernels()));
    expect(wasmEngine().compile(network, { rows: 1, distribution }).parameters.length).toBe(2);
  });

  test('refuses what they are not', () => {
    const expected = 'expected a WebAssembly.Module of the file kernels.wasm of this version. Import "@pg/nn/kernels.wasm" as your host imports WebAssembly.';
    expect(() => provideKernels(kernels())).toThrow('provideKernels: got Uint8Array[0, 97, 115, 109, 1, 0, …]; expected a WebAssembly.Module');
    const empty = new WebAssembly.Module(kernels().slice(0, 8));
    expect(() => provideKernels(empty)).toThrow(`provideKernels: got a module without "activationBackward"; ${expected}`);
  });
});
