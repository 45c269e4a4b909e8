import type { Space, Stage } from '@pg/core';
import type { EnvSource } from '../env/env-source.js';
import type { EnvCopy, Wrapper } from '../env/wrapper.js';
import { ShortcutLayer } from './shortcut-layer.js';
import { StageLayer } from './stage-layer.js';
import { TimedCopy } from './timed-copy.js';

/** One running copy of a source with everything piped behind it. `id` names it in messages. */
export function createCopy({ definition, createDynamics, layers }: EnvSource, id: string): EnvCopy {
  const { observation, maxSteps } = definition;
  const dynamics = createDynamics();
  const shortcut = dynamics.shortcut?.(firstStages(layers));
  let copy: EnvCopy = new TimedCopy({ id, observation, maxSteps }, dynamics);
  let space: Space = observation;
  if (shortcut) copy = new ShortcutLayer(copy, shortcut);
  layers.forEach((layer, index) => {
    if (index >= (shortcut?.stages ?? 0)) copy = 'wrap' in layer ? layer.wrap(copy) : new StageLayer(copy, layer, space);
    space = layer.space;
  });
  return copy;
}

/** The stages that stand directly behind the environment. */
function firstStages(layers: readonly (Stage | Wrapper)[]): Stage[] {
  const end = layers.findIndex((layer) => 'wrap' in layer);
  return layers.slice(0, end < 0 ? layers.length : end) as Stage[];
}
