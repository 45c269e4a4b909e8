import type { Space, Stage } from '@pg/core';
import { defineEnv, type EnvSource, type EnvSpec } from '@pg/envs';

/** One copy of what a specification is made of, as a specification again. */
export function rebuild({ definition, layers, masksActions }: EnvSource, create?: EnvSource['createDynamics']): EnvSpec<Space, Space> {
  const { id, observation, action, maxSteps } = definition;
  const plain: EnvSpec<Space, Space> = create === undefined ? defineEnv(definition) : defineEnv({ id, observation, action, maxSteps, masksActions, create });
  return layers.reduce<EnvSpec<Space, Space>>((piped, layer) => piped.pipe(() => layer as Stage), plain);
}
