import type { Discrete } from '@pg/core';
import type { EnvSpec } from '../env/env.js';
import type { PongOptions, PongSpaces } from '../pong/options.js';
import { pong } from '../pong/pong.js';
import { type PongVersion, pongVersions } from '../pong/versions.js';
import { withVersion } from './with-version.js';

/** What `make` can be told of Pong: what leaves its spaces as they are. For others there is `pong` itself. */
export type PongIdOptions = Omit<PongOptions, 'version' | 'actions' | 'observation'>;

/** Pong by the ids that Gym and Gymnasium have given it: pictures in colours and six actions, as there. */
export type PongEnvs = { readonly [TId in PongVersion]: (options?: PongIdOptions) => EnvSpec<PongSpaces['rgb'], Discrete<6>> };

/** Pong by its ids. */
export const pongEnvs: PongEnvs = /* @__PURE__ */ byVersion();

function byVersion(): PongEnvs {
  const versions = Object.keys(pongVersions) as PongVersion[];
  return Object.fromEntries(versions.map((id) => [id, (options?: PongIdOptions) => withVersion({ id, version: id, create: pong }, options)])) as PongEnvs;
}
