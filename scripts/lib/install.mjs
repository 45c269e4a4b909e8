import { existsSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { pnpm } from './pnpm.mjs';
import { onceFor } from './stamp.mjs';
import { packages, root } from './workspace.mjs';

const INPUTS = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'examples/package.json', 'bench/package.json'];

/**
 * Installs exactly what the lockfile says, unless that is what is installed.
 *
 * @param {(line: string) => void} log
 */
export async function install(log) {
  const manifests = packages().map(({ folder }) => path.join(folder, 'package.json'));
  const inputs = fingerprint(root, [...INPUTS.map((file) => path.join(root, file)), ...manifests]);
  await onceFor('install', inputs, isInstalled, async () => {
    log('installing dependencies');
    await pnpm(['install', '--frozen-lockfile', '--prefer-offline', '--config.confirm-modules-purge=false']);
  });
}

function isInstalled() {
  const folders = [root, path.join(root, 'examples'), path.join(root, 'bench'), ...packages().map(({ folder }) => folder)];
  return folders.every((folder) => existsSync(path.join(folder, 'node_modules')));
}
