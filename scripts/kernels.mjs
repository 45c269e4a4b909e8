// Compiles packages/nn/assembly to WebAssembly and inlines the bytes in a TypeScript file, so that Node, browsers, workers and
// bundlers need no other file. `--check` compiles and compares instead: it fails when the committed file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const packageFolder = new URL('../packages/nn/', import.meta.url);
const target = new URL('src/engines/wasm/kernels.generated.ts', packageFolder);

const generated = render(await compile());

if (process.argv.includes('--check')) {
  if (readText(target) !== generated) {
    console.error('kernels.generated.ts is stale: packages/nn/assembly compiles to other bytes. Run: npm run kernels');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, generated);
  console.log(`wrote ${fileURLToPath(target)}`);
}

/** @returns {Promise<Uint8Array>} the module's bytes */
async function compile() {
  const options = [
    'assembly/index.ts',
    '--outFile',
    'kernels.wasm',
    '--runtime',
    'stub',
    '--importMemory',
    '--noExportMemory',
    // a shared memory is imported with a maximum, and share-import.ts makes this import one of shared memory
    '--maximumMemory',
    '65536',
    '--enable',
    'simd',
    '-O3',
    '--noAssert',
    '--disableWarning',
    '201',
    '--baseDir',
    fileURLToPath(packageFolder),
  ];
  let bytes;
  const { error, stderr } = await asc.main(options, {
    writeFile(_name, contents) {
      bytes = contents;
    },
  });
  if (error || !bytes) throw new Error(`the kernels do not compile:\n${stderr}`);
  return bytes;
}

/** @param {Uint8Array} bytes */
function render(bytes) {
  const base64 = Buffer.from(bytes).toString('base64');
  return [
    '// Generated from packages/nn/assembly by `npm run kernels`. Do not edit.',
    `/** The kernels as a WebAssembly module, ${bytes.length} bytes in base64. */`,
    `export const kernelsBase64 =\n  '${base64}';`,
    '',
  ].join('\n');
}

/** @param {URL} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
