import { expect, test } from 'vitest';
import { StandInTensorFlow, standIn } from '../../../fixtures/tensorflow-stand-in.js';
import { loadBackend } from './load-backend.js';
import { provideWebGpu } from './provide-webgpu.js';

const gpu = { name: 'Dawn' };
const dawn = { create: (flags: readonly string[]) => Object.assign(gpu, { flags }), globals: { GPUBufferUsage: { MAP_READ: 1 } } };
class OffscreenCanvas {}

interface Globals {
  readonly OffscreenCanvas?: unknown;
  readonly navigator?: { readonly gpu?: unknown; readonly hardwareConcurrency?: number };
  readonly GPUBufferUsage?: unknown;
}

test('what a browser has is left as it is', async () => {
  const globals = { navigator: { gpu } };
  const { surroundings, imported } = standIn({}, { globals });
  (await provideWebGpu(surroundings))();
  expect(globals).toEqual({ navigator: { gpu } });
  expect(imported).toEqual([]);
});

test('a browser without WebGPU', async () => {
  const { surroundings } = standIn({});
  await expect(provideWebGpu({ ...surroundings, nodeVersion: undefined })).rejects.toThrow('This browser has no WebGPU. Use a newer one, or the backend wasm.');
});

test('Node, which cannot read results at once, is not burdened with a driver', async () => {
  const { surroundings, imported } = standIn({ webgpu: () => dawn });
  await expect(provideWebGpu(surroundings)).rejects.toThrow('there is no OffscreenCanvas');
  expect(imported).toEqual([]);
});

test.each([
  ['20', {}],
  ['22', { navigator: { hardwareConcurrency: 8 } }],
] as [string, Globals][])('with a canvas, Node %s gets the WebGPU of the package', async (version, before) => {
  const globals: Globals = { OffscreenCanvas, ...before };
  const { surroundings } = standIn({ webgpu: () => dawn }, { globals, nodeVersion: `${version}.1.0` });
  const takeBack = await provideWebGpu(surroundings);
  expect(globals.navigator?.gpu).toEqual({ name: 'Dawn', flags: [] });
  expect(globals.navigator?.hardwareConcurrency).toBe(before.navigator?.hardwareConcurrency);
  expect(globals.GPUBufferUsage).toEqual({ MAP_READ: 1 });
  takeBack();
  expect(globals).toEqual({ OffscreenCanvas, ...before });
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
  const { surroundings } = standIn(make === undefined ? {} : { webgpu: make }, { globals: { OffscreenCanvas } });
  await expect(provideWebGpu(surroundings)).rejects.toThrow(message);
});

test('a backend that does not compute leaves no globals behind; one that does keeps them', async () => {
  const tf = new StandInTensorFlow();
  const globals = { OffscreenCanvas };
  const packages = {
    webgpu: () => dawn,
    '@tensorflow/tfjs-core': () => tf,
    '@tensorflow/tfjs-backend-webgpu': () => tf.registry.set('webgpu', new Error('no adapter')),
  };
  const { surroundings, imported } = standIn(packages, { globals });
  await expect(loadBackend('webgpu', surroundings)).rejects.toThrow('does not compute here (no adapter)');
  expect(Object.keys(globals)).toEqual(['OffscreenCanvas']);
  // the backend's package looks for navigator.gpu when it is imported
  expect(imported).toEqual(['webgpu', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu']);
  tf.registry.set('webgpu', 'works');
  expect((await loadBackend('webgpu', surroundings)).backend).toBe('webgpu');
  expect('navigator' in globals).toBe(true);
});
