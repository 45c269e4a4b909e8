import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, type Options } from 'tsup';

// One configuration for everything that is built; tsup runs in the folder of what it builds: `packages/<name>`,
// `examples` or `bench`.

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** Dependencies that become part of a package's bundle; the others stay imports. zod alone would be most of an install. */
const BUNDLED = ['zod'];

/** What an entry for one host imports from the folder that all are built into. */
const BESIDE = ['./index.js', './kernels.wasm'];

const shared: Options = {
  format: 'esm',
  target: ['es2022', 'node20'],
  platform: 'neutral',
  removeNodeProtocol: false,
  // The bundle is readable as it is, and maps with their sources would double the size of an install.
  sourcemap: false,
};

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; exports?: Record<string, string | Record<string, string>> };

/** Each entry, `src/index.ts`, becomes `dist/index.js`; with `--dts-only` it becomes `dist/index.d.ts`. Either leaves the other's file alone. */
const packageOptions: Options = {
  ...shared,
  // entries of a package share what both of them import: two copies of a class would not know each other's objects
  splitting: true,
  entry: entryPoints(),
  // a second entry takes the first one's types from the package: its declarations, too, are one file an entry
  external: [/^node:/, manifest.name, ...BESIDE],
  noExternal: BUNDLED,
  clean: ['!**/*.d.ts'],
  esbuildPlugins: [thirdPartyNotices(), kernels()],
};

/** `<name>/main.ts` becomes `dist/<name>/main.js`, which imports the built packages as a user's program does. */
const programOptions: Options = {
  ...shared,
  splitting: false,
  entry: Object.fromEntries(programNames().map((name) => [`${name}/main`, `${name}/main.ts`])),
  external: [/^node:/],
  skipNodeModulesBundle: true,
  // TensorFlow.js offers its gradients only as modules that Node cannot load.
  noExternal: [/register_all_gradients/],
  clean: true,
};

/** The sources behind a package's exports; none for the examples. An entry for one host has the declarations of the main one. */
function entryPoints(): string[] {
  const targets = Object.values(manifest.exports ?? {}).filter((target) => typeof target === 'object');
  const hosts = process.argv.includes('--dts-only') ? [] : targets.flatMap(({ workerd }) => workerd?.replace(/^.*\/(.*)\.js$/, './src/$1.ts') ?? []);
  return [...targets.flatMap((target) => target['@pg/source'] ?? []), ...hosts];
}

/** Writes the kernels as a file beside the bundle, for hosts that compile WebAssembly themselves. */
function kernels(): Plugin {
  return {
    name: 'kernels',
    setup(build) {
      build.onEnd(() => {
        const source = 'src/engines/wasm/kernels.generated.ts';
        const [, base64] = existsSync(source) ? (/'([\w+/=]+)'/.exec(readFileSync(source, 'utf8')) ?? []) : [];
        if (base64 === undefined) return;
        mkdirSync('dist', { recursive: true });
        writeFileSync('dist/kernels.wasm', Buffer.from(base64, 'base64'));
      });
    },
  };
}

function programNames(): string[] {
  return readdirSync('.').filter((name) => existsSync(path.join(name, 'main.ts')));
}

/** Writes the licence of every bundled dependency beside the bundle, as those licences ask. */
function thirdPartyNotices(): Plugin {
  return {
    name: 'third-party-notices',
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        const folders = new Set(Object.keys(metafile?.inputs ?? {}).flatMap(dependencyFolder));
        const texts = [...folders].sort().map(licenseText);
        if (texts.length === 0) return;
        mkdirSync('dist', { recursive: true });
        writeFileSync('dist/THIRD_PARTY_NOTICES.txt', texts.join(`\n${'-'.repeat(80)}\n\n`));
      });
    },
  };
}

/** `…/node_modules/zod/v4/core/util.js` → `…/node_modules/zod`; nothing for a source of ours. */
function dependencyFolder(input: string): string[] {
  const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
  return folder === null ? [] : [folder[0]];
}

function licenseText(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name}@${version} is bundled but ships no licence file to pass on: keep it external.`);
  return `This package contains code of ${name}@${version} (${license}):\n\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
}

export default defineConfig(['examples', 'bench'].includes(path.basename(process.cwd())) ? programOptions : packageOptions);
