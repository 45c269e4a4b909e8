import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readSource, writeFileAtomically } from '@pg/core/files';
import { build } from 'esbuild';

/** Where the sources of the page are, seen from examples/dist/play-pong/. */
const sources = new URL('../../play-pong/', import.meta.url);

/** Writes one file that holds the page, its program and the policy: it opens in a browser as it is, without a server. */
export async function writePage(path: string, policy: string): Promise<void> {
  const program = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', sources))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  const bytes = await readSource('play-pong', policy);
  const page = (await readFile(new URL('page.html', sources), 'utf8'))
    .replace('policy.safetensors', () => `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`)
    .replace('<script type="module" src="page.js">', () => `<script type="module">${program.outputFiles[0]!.text.replaceAll('</script', '<\\/script')}`);
  await writeFileAtomically('play-pong', path, new TextEncoder().encode(page));
  console.log(`Open ${path} in a browser (${(page.length / 1e6).toFixed(1)} MB).`);
}
