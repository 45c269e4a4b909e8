import type { Picture, Rng } from '@pg/core';
import { test } from 'vitest';
import type { WatchedEnv } from './agent-player.js';
import type { LivePage } from './watch-run.js';

declare const page: LivePage;
declare const rng: Rng;
declare const render: () => Picture;

/** As policies have it: with a second form, for many environments at once. */
declare function session(): { act(obs: Float32Array, options?: { readonly greedy?: boolean; readonly mask?: Uint8Array }): number; reset(): void };
declare function session(options: { readonly numEnvs: number }): { act(obs: Int32Array): Int32Array; reset(): void };

const env: WatchedEnv<Float32Array, number> = {
  reset: () => new Float32Array(4),
  step: () => ({ obs: new Float32Array(4), reward: 1, terminated: false, truncated: false }),
  render,
};

test('an agent plays in environments that it fits', () => {
  page.play({ policy: { rng, session } }, env);
  // @ts-expect-error: the policy gives numbers
  page.play({ policy: { rng, session } }, { ...env, step: (_: string) => env.step(0) });
  // @ts-expect-error: the policy takes lists of numbers
  page.play({ policy: { rng, session } }, { ...env, reset: () => 'start', step: (_: number) => ({ ...env.step(0), obs: 'next' }) });
  // @ts-expect-error: there is nothing to see
  page.play({ policy: { rng, session } }, { reset: env.reset, step: env.step });
});
