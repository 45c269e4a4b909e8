import type { Discrete } from '@pg/core';
import { breakout } from '../breakout/breakout.js';
import type { BreakoutOptions, BreakoutSpaces } from '../breakout/options.js';
import { type BreakoutVersion, breakoutVersions } from '../breakout/versions.js';
import type { EnvSpec } from '../env/env.js';
import { withVersion } from './with-version.js';

/** What `make` can be told of Breakout: what leaves its spaces as they are. For others there is `breakout` itself. */
export type BreakoutIdOptions = Omit<BreakoutOptions, 'version' | 'observation'>;

/** Breakout by the ids that Gym and Gymnasium have given it: pictures in colours and four actions, as there. */
export type BreakoutEnvs = { readonly [TId in BreakoutVersion]: (options?: BreakoutIdOptions) => EnvSpec<BreakoutSpaces['rgb'], Discrete<4>> };

/** Breakout by its ids. */
export const breakoutEnvs: BreakoutEnvs = /* @__PURE__ */ byVersion();

function byVersion(): BreakoutEnvs {
  const versions = Object.keys(breakoutVersions) as BreakoutVersion[];
  return Object.fromEntries(
    versions.map((id) => [id, (options?: BreakoutIdOptions) => withVersion({ id, version: id, create: breakout }, options)]),
  ) as BreakoutEnvs;
}
