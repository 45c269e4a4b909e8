import { describe, expect, test } from 'vitest';
import { kernelsBase64 } from './kernels.generated.js';
import { instantiateKernels } from './kernels.js';
import { FIRST_FREE } from './memory/arena.js';
import { importSharedMemory } from './share-import.js';

const kernels = Uint8Array.from(atob(kernelsBase64), (character) => character.charCodeAt(0));

describe('importSharedMemory', () => {
  test('changes one byte, the flag of the imported memory', () => {
    const shared = importSharedMemory(kernels);
    const changed = [...shared.keys()].filter((at) => shared[at] !== kernels[at]);
    expect(shared).toHaveLength(kernels.length);
    expect(changed.map((at) => [kernels[at], shared[at]])).toEqual([[1, 3]]);
  });

  test('each module takes its kind of memory and refuses the other', () => {
    const own = new WebAssembly.Memory({ initial: 1, maximum: 2 });
    const shared = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
    const instantiate = (module: Uint8Array, memory: WebAssembly.Memory) =>
      new WebAssembly.Instance(new WebAssembly.Module(module as BufferSource), { env: { memory } });
    expect(instantiate(kernels, own).exports).toHaveProperty('product');
    expect(instantiate(importSharedMemory(kernels), shared).exports).toHaveProperty('product');
    expect(() => instantiate(kernels, shared)).toThrow(WebAssembly.LinkError);
    expect(() => instantiate(importSharedMemory(kernels), own)).toThrow(WebAssembly.LinkError);
  });

  test('refuses a module that imports no memory', () => {
    expect(() => importSharedMemory(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))).toThrow('the first import of the kernels has to be a memory with a maximum');
  });
});

describe('instances in one memory', () => {
  test('a new one writes nothing but the constants of the kernels, which lie below the arena', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    instantiateKernels(memory);
    const first = new Uint8Array(memory.buffer).slice(0, FIRST_FREE);
    const bytes = new Uint8Array(memory.buffer, FIRST_FREE).fill(7);
    instantiateKernels(memory);
    expect(new Uint8Array(memory.buffer).slice(0, FIRST_FREE)).toEqual(first);
    expect(bytes.every((byte) => byte === 7)).toBe(true);
  });

  test('pack into the panel that each was given', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const [first, second] = [instantiateKernels(memory), instantiateKernels(memory)];
    first.usePanel(8192);
    second.usePanel(16384);
    const floats = new Float32Array(memory.buffer);
    floats.fill(2, 6144, 6400);
    first.product(24576, 24576, 0, 32768, 4, 12, 8, 0);
    expect(floats.subarray(2048, 2064).every((value) => value === 2)).toBe(true);
    expect(floats.subarray(4096, 4112).every((value) => value === 0)).toBe(true);
    second.product(24576, 24576, 0, 32768, 4, 12, 8, 0);
    expect(floats.subarray(4096, 4112).every((value) => value === 2)).toBe(true);
    // nor in the place that belongs to instances without a panel
    expect(floats.subarray(1024, 2048).every((value) => value === 0)).toBe(true);
  });
});
