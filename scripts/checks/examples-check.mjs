import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mapLimited, run } from '../lib/run.mjs';
import { programNames, root } from '../lib/workspace.mjs';
import { failOn } from './check.mjs';

const STEPS = '64000';

/**
 * Every example runs for a few steps as it was built, and the same seed writes the same policy, byte for byte.
 *
 * @param {import('./check.mjs').Context} context
 */
export async function examples({ scratch }) {
  const folder = path.join(scratch, 'examples');
  mkdirSync(folder);
  const complaints = await mapLimited(programNames('examples'), 2, async (name) => {
    const first = await policyOf(folder, name, 'first');
    const second = await policyOf(folder, name, 'second');
    return first.equals(second) ? [] : [`${name}: two runs with the same seed wrote different policies.`];
  });
  failOn(complaints.flat());
}

/**
 * @param {string} folder - where the example finds itself
 * @param {string} name
 * @param {string} attempt
 */
async function policyOf(folder, name, attempt) {
  const file = path.join(root, 'examples/dist', name, 'main.js');
  const runName = `${name}-${attempt}`;
  await run(process.execPath, [file, '--seed', '5', '--steps', STEPS, '--name', runName], { cwd: folder, label: `running the example ${name}` });
  return readFileSync(path.join(folder, 'runs', runName, 'policy.safetensors'));
}
