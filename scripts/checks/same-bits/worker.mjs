// A Cloudflare Worker. /act answers with what a saved policy does, /train trains.
import { loadPolicy } from '@pg/policies';
import file from './policy.safetensors';
import { trainAll } from './runs.mjs';

const loading = loadPolicy(file);

export default {
  /** @param {Request} request */
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/train') return Response.json(await trainAll({ threads: false }));
    const policy = await loading;
    const obs = Float32Array.from(JSON.parse(searchParams.get('obs') ?? '[]'));
    return Response.json({ action: policy.act(obs, { greedy: true }), logProbs: [policy.logProb(obs, 0), policy.logProb(obs, 1)] });
  },
};
