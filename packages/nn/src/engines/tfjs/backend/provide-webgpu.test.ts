import { expect, test } from 'vitest';
import { StandInTensorFlow, standIn } from '../../../../fixtures/tensorflow-stand-in.js';
import { loadBackend } from './load-backend.js';
import { provideWebGpu } from './provide-webgpu.js';

const gpu = { name: 'Dawn', requestAdapter: async (): Promise<object | null> => ({}) };
const dawn = { create: (flags: readonly string[]) => ({ ...gpu, flags }), globals: { GPUBufferUsage: { MAP_READ: 1 } } };
class OffscreenCanvas {}

interface Globals {
  readonly navigator?: { readonly gpu?: unknown; readonly hardwareConcurrency?: number };
  readonly GPUBufferUsage?: unknown;
}

test.each([
  ['a browser', undefined, {}],
  ['a window that has Node in it', '22.1.0', { OffscreenCanvas }],
])('what %s has is left as it is', async (_, nodeVersion, more) => {
  const globals = { navigator: { gpu }, ...more };
  const { surroundings, imported } = standIn({}, { globals });
  const { adapt, takeBack } = await provideWebGpu({ ...surroundings, nodeVersion });
  const backend = Object.freeze({});
  adapt(backend);
  takeBack();
  expect(globals).toEqual({ navigator: { gpu }, ...more });
  expect(imported).toEqual([]);
});

test('a browser without WebGPU', async () => {
  const { surroundings } = standIn({});
  await expect(provideWebGpu({ ...surroundings, nodeVersion: undefined })).rejects.toThrow('This browser has no WebGPU. Use a newer one, or the backend wasm.');
});

test("a program's own device of the package is used, and read at once", async () => {
  const globals = { navigator: { gpu } };
  const { surroundings, imported } = standIn({ webgpu: () => dawn }, { globals });
  const { adapt, takeBack } = await provideWebGpu(surroundings);
  const readSync = () => 'through a canvas';
  const backend = { readSync };
  adapt(backend);
  expect(backend.readSync).not.toBe(readSync);
  takeBack();
  expect(globals).toEqual({ navigator: { gpu } });
  expect(imported).toEqual(['webgpu']);
});

test('without a driver nothing is put', async () => {
  const globals = {};
  const blind = { ...dawn, create: () => ({ requestAdapter: async () => null }) };
  await expect(provideWebGpu(standIn({ webgpu: () => blind }, { globals }).surroundings)).rejects.toThrow(
    'webgpu is installed and finds no driver of a GPU (Vulkan on Linux, Metal on macOS, Direct3D 12 on Windows). ' +
      'Install one, name one in VK_ICD_FILENAMES, or use another backend.',
  );
  expect(globals).toEqual({});
});

test.each([
  ['20', {}],
  ['22', { navigator: { hardwareConcurrency: 8 } }],
] as [string, Globals][])('Node %s gets the WebGPU of the package', async (version, before) => {
  const globals: Globals = { ...before };
  const { surroundings } = standIn({ webgpu: () => dawn }, { globals, nodeVersion: `${version}.1.0` });
  const { takeBack } = await provideWebGpu(surroundings);
  expect(globals.navigator?.gpu).toEqual({ ...gpu, flags: [] });
  expect(globals.navigator?.hardwareConcurrency).toBe(before.navigator?.hardwareConcurrency);
  expect(globals.GPUBufferUsage).toEqual({ MAP_READ: 1 });
  takeBack();
  expect(globals).toEqual(before);
});

test.each<[string, () => unknown, string]>([
  ['absent', undefined as never, 'webgpu is not installed. Run: npm install webgpu @tensorflow/tfjs-backend-webgpu'],
  [
    'broken',
    () => {
      throw new Error('dawn.node: invalid ELF header');
    },
    'webgpu is installed but does not load (dawn.node: invalid ELF header). Reinstall or remove it.',
  ],
])('the package is %s', async (_, make, message) => {
  const { surroundings } = standIn(make === undefined ? {} : { webgpu: make });
  await expect(provideWebGpu(surroundings)).rejects.toThrow(message);
});

test('a backend that does not compute leaves no globals behind; one that does keeps them', async () => {
  const tf = new StandInTensorFlow();
  const globals = {};
  const packages = {
    webgpu: () => dawn,
    '@tensorflow/tfjs-core': () => tf,
    '@tensorflow/tfjs-backend-webgpu': () => tf.registry.set('webgpu', new Error('no adapter')),
  };
  const { surroundings, imported } = standIn(packages, { globals });
  await expect(loadBackend('webgpu', surroundings)).rejects.toThrow('does not compute here (no adapter)');
  expect(Object.keys(globals)).toEqual([]);
  // the backend's package looks for navigator.gpu when it is imported
  expect(imported).toEqual(['webgpu', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu']);
  tf.registry.set('webgpu', 'works');
  expect((await loadBackend('webgpu', surroundings)).backend).toBe('webgpu');
  expect('navigator' in globals).toBe(true);
});
