import type { Space, Stage } from '@pg/core';
import type { EnvSource } from '../env/env-source.js';
import type { EnvCopy, Wrapper } from '../env/wrapper.js';
import { type CopyIdentity, GuardedCopy } from './guarded-copy.js';
import { ShortcutLayer } from './shortcut-layer.js';
import { StageLayer } from './stage-layer.js';
import { TimedCopy } from './timed-copy.js';

/** One running copy of a source with everything piped behind it. */
export function createCopy({ definition, createDynamics, layers }: EnvSource, identity: CopyIdentity): EnvCopy {
  const { observation, maxSteps } = definition;
  const dynamics = createDynamics();
  const shortcut = dynamics.shortcut?.(firstStages(layers));
  const timed = new TimedCopy({ name: identity.name, observation, maxSteps }, dynamics);
  let copy: EnvCopy = timed;
  let space: Space = observation;
  if (shortcut) copy = new ShortcutLayer(copy, shortcut);
  layers.forEach((layer, index) => {
    if (index >= (shortcut?.stages ?? 0)) copy = 'wrap' in layer ? layer.wrap(copy) : new StageLayer(copy, layer, space);
    space = layer.space;
  });
  const { actionSpace } = layers.findLast((layer): layer is Wrapper => 'wrap' in layer) ?? { actionSpace: definition.action as Space };
  return new GuardedCopy(copy, timed, { ...identity, choices: actionSpace.kind === 'discrete' ? actionSpace.size : 0 });
}

/** The stages that stand directly behind the environment. */
function firstStages(layers: readonly (Stage | Wrapper)[]): Stage[] {
  const end = layers.findIndex((layer) => 'wrap' in layer);
  return layers.slice(0, end < 0 ? layers.length : end) as Stage[];
}
