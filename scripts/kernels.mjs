// Compiles packages/nn/assembly to WebAssembly and inlines the bytes in a TypeScript file, so that Node, browsers, workers and
// bundlers need no other file. `--check` compiles and compares instead: it fails when the committed file is stale.
import path from 'node:path';
import asc from 'assemblyscript/asc';
import { keepGenerated } from './lib/generated.mjs';
import { root } from './lib/workspace.mjs';

const bytes = await compile();
keepGenerated({
  file: 'packages/nn/src/engines/wasm/kernels.generated.ts',
  from: 'packages/nn/assembly',
  command: 'kernels',
  constant: 'kernelsBase64',
  comment: `The kernels as a WebAssembly module, ${bytes.length} bytes in base64.`,
  literal: `'${Buffer.from(bytes).toString('base64')}'`,
});

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
    path.join(root, 'packages/nn'),
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
