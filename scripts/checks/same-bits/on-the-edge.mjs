import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { failOn } from '../check.mjs';
import { fetchRuntime } from '../runtimes/fetch-runtime.mjs';
import { bundleWorker } from './bundle.mjs';
import { ask, withWorker } from './in-workerd.mjs';

/**
 * A Cloudflare Worker answers a request with what a saved policy does, as Node does it, and trains.
 *
 * @param {string} bundleFolder - it makes a folder of its own in it
 * @returns {Promise<Record<string, string> | { missing: string }>} as `trainAll` does
 */
export async function trainOnTheEdge(bundleFolder) {
  const workerd = await fetchRuntime('workerd');
  if ('missing' in workerd) return workerd;
  const folder = path.join(bundleFolder, 'worker');
  mkdirSync(folder);
  const { policy, obs } = await makePolicy();
  await policy.save(path.join(folder, 'policy.safetensors'));
  const modules = await bundleWorker(folder);
  return withWorker({ file: workerd.file, folder, modules }, async (url) => {
    const answer = await ask(`${url}/act?obs=${JSON.stringify(Array.from(obs))}`);
    const expected = { action: policy.act(obs, { greedy: true }), logProbs: [policy.logProb(obs, 0), policy.logProb(obs, 1)] };
    const [got, wanted] = [JSON.stringify(answer), JSON.stringify(expected)];
    failOn(got === wanted ? [] : [`A saved policy in a Cloudflare Worker answers ${got}, not ${wanted}.`]);
    return ask(`${url}/train`);
  });
}

async function makePolicy() {
  // The packages may have been built by this run.
  const { box, discrete } = await import('@pg/core');
  const { categorical, createPolicy, mlp } = await import('@pg/policies');
  const env = { observationSpace: box({ shape: [4], low: -1, high: 1 }), actionSpace: discrete(2) };
  return { policy: createPolicy(categorical({ network: mlp([64, 64]) }), env, { seed: 3 }), obs: Float32Array.of(0.1, 0.7, -0.3, 0.4) };
}
