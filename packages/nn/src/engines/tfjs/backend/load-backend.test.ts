import { UnavailableError } from '@pg/core';
import { describe, expect, test, vi } from 'vitest';
import { type Behaviour, notFound, StandInTensorFlow, standIn } from '../../../../fixtures/tensorflow-stand-in.js';
import { tfjs } from '../tfjs.js';
import { loadBackend } from './load-backend.js';

const core = '@tensorflow/tfjs-core';
const browserGlobals = () => ({ navigator: { gpu: {} }, OffscreenCanvas: class {} });

/** Packages that register their backends when they are imported, and what those do. */
function packagesOf(behaviours: Record<string, Behaviour>, tf = new StandInTensorFlow()) {
  const registered: Record<string, string> = {
    '@tensorflow/tfjs-node-gpu': 'tensorflow',
    '@tensorflow/tfjs-node': 'tensorflow',
    '@tensorflow/tfjs-backend-webgpu': 'webgpu',
    '@tensorflow/tfjs-backend-wasm': 'wasm',
    '@tensorflow/tfjs-backend-cpu': 'cpu',
  };
  const packages: Record<string, () => unknown> = { [core]: () => tf };
  for (const [name, behaviour] of Object.entries(behaviours)) {
    packages[name] = () => {
      tf.registry.set(registered[name]!, behaviour);
      return tf;
    };
  }
  return { packages, tf };
}

const all = {
  '@tensorflow/tfjs-node-gpu': 'works',
  '@tensorflow/tfjs-backend-webgpu': 'works',
  '@tensorflow/tfjs-node': 'works',
  '@tensorflow/tfjs-backend-wasm': 'works',
  '@tensorflow/tfjs-backend-cpu': 'works',
} as const;
const noDawn = 'webgpu: webgpu is not installed. Run: npm install webgpu @tensorflow/tfjs-backend-webgpu';

describe('without a name', () => {
  test.each([
    ['node-gpu', 0],
    ['webgpu', 1],
    ['node', 2],
    ['wasm', 3],
    ['cpu', 4],
  ] as const)('%s comes at place %i', async (backend, place) => {
    const { packages, tf } = packagesOf(Object.fromEntries(Object.entries(all).slice(place)));
    const loaded = await loadBackend(undefined, standIn(packages, { globals: browserGlobals() }).surroundings);
    expect(loaded).toMatchObject({ backend, device: { registered: tf.current } });
    expect(loaded.device.tf).toBe(tf);
    expect(loaded.skipped.map((sentence) => sentence.split(':')[0])).toEqual(['node-gpu', 'webgpu', 'node', 'wasm', 'cpu'].slice(0, place));
  });

  test('says what to install for those that are not there', async () => {
    const { packages } = packagesOf({ '@tensorflow/tfjs-backend-cpu': 'works' });
    const { skipped } = await loadBackend(undefined, standIn(packages).surroundings);
    expect(skipped).toEqual([
      'node-gpu: @tensorflow/tfjs-node-gpu is not installed. Run: npm install @tensorflow/tfjs-node-gpu',
      noDawn,
      'node: @tensorflow/tfjs-node is not installed. Run: npm install @tensorflow/tfjs-node',
      'wasm: @tensorflow/tfjs-backend-wasm is not installed. Run: npm install @tensorflow/tfjs-backend-wasm',
    ]);
  });

  test('nothing installed: an error with every reason', async () => {
    const error = await loadBackend(undefined, standIn({}).surroundings).catch((reason) => reason);
    expect(error).toBeInstanceOf(UnavailableError);
    for (const text of [
      'no backend that works (node-gpu: @tensorflow/tfjs-node-gpu is not installed. Run: npm install @tensorflow/tfjs-node-gpu; webgpu: ',
      'cpu: @tensorflow/tfjs-core is not installed. Run: npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-cpu',
    ])
      expect(error.message).toContain(text);
    expect(error.message).toContain('wasmEngine()');
  });

  test('in a browser the native packages are not even asked for', async () => {
    const { packages } = packagesOf(all);
    const program = standIn(packages, { globals: browserGlobals(), nodeVersion: '' as string });
    const { backend, skipped } = await loadBackend(undefined, { ...program.surroundings, nodeVersion: undefined });
    expect(backend).toBe('webgpu');
    expect(skipped).toEqual(['node-gpu: @tensorflow/tfjs-node-gpu runs in Node only. Here, use webgpu, wasm or cpu.']);
    expect(program.imported).toEqual([core, '@tensorflow/tfjs-backend-webgpu']);
  });
});

describe('by name', () => {
  test('only that one is tried', async () => {
    const program = standIn(packagesOf(all).packages);
    expect(await loadBackend('wasm', program.surroundings)).toMatchObject({ backend: 'wasm', skipped: [] });
    expect(program.imported).toEqual([core, '@tensorflow/tfjs-backend-wasm']);
  });

  test('an error when it is not there, whatever else is', async () => {
    const { '@tensorflow/tfjs-node': _, ...others } = all;
    const { surroundings } = standIn(packagesOf(others).packages);
    await expect(loadBackend('node', surroundings)).rejects.toThrow(UnavailableError);
    await expect(loadBackend('node', surroundings)).rejects.toThrow(
      'tfjs: got node: @tensorflow/tfjs-node is not installed. Run: npm install @tensorflow/tfjs-node; expected that backend, which was asked for by name. ' +
        'Or use wasmEngine() of @pg/nn, which needs nothing and is the faster one on a CPU.',
    );
  });
});

describe('the core', () => {
  test('comes from the whole package where that alone is installed, and the CPU backend with it', async () => {
    const tf = new StandInTensorFlow();
    tf.registry.set('cpu', 'works');
    const program = standIn({ '@tensorflow/tfjs': () => tf });
    expect((await loadBackend('cpu', program.surroundings)).device.tf).toBe(tf);
    expect(program.imported).toEqual([core, '@tensorflow/tfjs']);
  });

  test('may be all in the default export', async () => {
    const { packages, tf } = packagesOf({ '@tensorflow/tfjs-node': 'works' });
    const wrapped = { ...packages, '@tensorflow/tfjs-node': () => ({ default: packages['@tensorflow/tfjs-node']!() }) };
    expect((await loadBackend('node', standIn(wrapped).surroundings)).device.tf).toBe(tf);
  });
});

describe('native packages that are installed and do not work', () => {
  const binding = 'The Node.js native addon module (tfjs_binding.node) can not be found at path: /app/lib/napi-v8/tfjs_binding.node. \nPlease run …';

  test.each(['node', 'node-gpu'] as const)('%s without its library', async (backend) => {
    const name = `@tensorflow/tfjs-${backend}`;
    const throws = () => {
      throw new Error(binding);
    };
    const { skipped } = await loadBackend(
      undefined,
      standIn({ ...packagesOf({ '@tensorflow/tfjs-backend-cpu': 'works' }).packages, [name]: throws }).surroundings,
    );
    expect(skipped).toContain(
      `${backend}: ${name} is installed but does not work (The Node.js native addon module (tfjs_binding.node) can not be found at path: ` +
        '/app/lib/napi-v8/tfjs_binding.node): the native library that its install script downloads may be missing. ' +
        `Run: npm rebuild ${name}, or remove the package.`,
    );
  });

  test.each(['import', 'first product'])('on Node 24, at the %s', async (when) => {
    const gone = new TypeError('(0 , util_1.isNullOrUndefined) is not a function');
    const { packages } = packagesOf({ '@tensorflow/tfjs-node': gone });
    const throws = () => {
      throw gone;
    };
    const { surroundings } = standIn(when === 'import' ? { '@tensorflow/tfjs-node': throws } : packages, { nodeVersion: '24.1.0' });
    await expect(loadBackend('node', surroundings)).rejects.toThrow(
      'got node: @tensorflow/tfjs-node does not support Node 24.1.0: it calls util.isNullOrUndefined, which Node 23 removed. Use Node 22 or 20, or another backend;',
    );
  });

  test('a package of its own that is missing does not make it absent', async () => {
    const throws = () => {
      throw notFound('@mapbox/node-pre-gyp');
    };
    await expect(loadBackend('node', standIn({ '@tensorflow/tfjs-node': throws }).surroundings)).rejects.toThrow(
      "@tensorflow/tfjs-node is installed but does not work (Cannot find package '@mapbox/node-pre-gyp'",
    );
  });
});

describe('a backend that is installed and does not compute', () => {
  test.each<[string, Behaviour, string]>([
    ['does not start', 'does not start', 'TensorFlow.js could not start the backend "wasm"'],
    ['throws', new Error('no SIMD.'), 'no SIMD'],
    ['miscounts', 'miscounts', 'it computes 2·5 + 3·7 = 30'],
  ])('%s', async (_, behaviour, reason) => {
    const { packages, tf } = packagesOf({ '@tensorflow/tfjs-backend-wasm': behaviour, '@tensorflow/tfjs-backend-cpu': 'works' });
    const { surroundings } = standIn(packages);
    const { backend, skipped } = await loadBackend(undefined, surroundings);
    expect([backend, tf.current]).toEqual(['cpu', 'cpu']);
    expect(skipped.at(-1)).toBe(`wasm: @tensorflow/tfjs-backend-wasm is installed but does not compute here (${reason}). Use another backend.`);
    await expect(loadBackend('wasm', surroundings)).rejects.toThrow(reason);
    // what was current before is again
    expect(tf.current).toBe('cpu');
  });

  test('or does not load', async () => {
    const { packages } = packagesOf({});
    const throws = () => {
      throw new SyntaxError('Unexpected token');
    };
    await expect(loadBackend('wasm', standIn({ ...packages, '@tensorflow/tfjs-backend-wasm': throws }).surroundings)).rejects.toThrow(
      'got wasm: @tensorflow/tfjs-backend-wasm is installed but does not load (Unexpected token). Reinstall or remove it;',
    );
  });
});

test.each([
  `Cannot find module '@tensorflow/tfjs-backend-wasm'`,
  `Failed to resolve module specifier "@tensorflow/tfjs-backend-wasm". Relative references must start with either "/", "./", or "../".`,
  `Could not resolve "@tensorflow/tfjs-backend-wasm" imported by "@pg/nn". Is it installed?`,
])('absent, in other words: %s', async (message) => {
  const { packages } = packagesOf({});
  const throws = () => {
    throw new TypeError(message);
  };
  await expect(loadBackend('wasm', standIn({ ...packages, '@tensorflow/tfjs-backend-wasm': throws }).surroundings)).rejects.toThrow('is not installed');
});

describe('the console', () => {
  test('a backend is started with advice switched off, and the switch is put back', async () => {
    const { packages, tf } = packagesOf(all);
    await loadBackend('wasm', standIn(packages).surroundings);
    expect(tf.quiet).toEqual([true]);
    expect(tf.computer).toEqual({ hasReadSyncWarned: true });
    expect(tf.flags.get('PROD')).toBe(false);
    tf.registry.set('wasm', new Error('no'));
    await loadBackend('wasm', standIn(packages).surroundings).catch(() => {});
    expect(tf.flags.get('PROD')).toBe(false);
  });

  test('the real backends say nothing', async () => {
    const spies = (['log', 'info', 'warn', 'error'] as const).map((method) => vi.spyOn(console, method).mockImplementation(() => {}));
    for (const backend of ['wasm', 'cpu'] as const) expect((await tfjs({ backend })).backend).toBe(backend);
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

test('with the packages of this repository it is webgpu where there is a driver, else wasm', async () => {
  const { backend, skipped } = await tfjs();
  expect(['webgpu', 'wasm']).toContain(backend);
  expect(skipped[0]).toBe('node-gpu: @tensorflow/tfjs-node-gpu is not installed. Run: npm install @tensorflow/tfjs-node-gpu');
  if (backend === 'webgpu') return;
  expect(skipped[1]).toMatch(/^webgpu: webgpu is installed and finds no driver of a GPU/);
  expect(skipped[2]).toBe('node: @tensorflow/tfjs-node is not installed. Run: npm install @tensorflow/tfjs-node');
});

test('two that are loaded at a time do not disturb each other', async () => {
  const engines = await Promise.all([tfjs({ backend: 'cpu' }), tfjs({ backend: 'wasm' })]);
  expect(engines.map(({ backend }) => backend)).toEqual(['cpu', 'wasm']);
});
