import type { Dynamics } from '@pg/envs';
import { differentPlay, playFrom } from '../playing.js';
import { rebuild } from '../rebuild.js';
import type { CheckContext, CheckResult } from '../report.js';

/** A shortcut gives what the stages give that it stands for. */
export function checkShortcut({ spec, seed, steps }: CheckContext): CheckResult {
  const { createDynamics, layers } = spec['~source'];
  const end = layers.findIndex((layer) => 'wrap' in layer);
  const dynamics = createDynamics();
  const shortcut = dynamics.shortcut?.(layers.slice(0, end < 0 ? layers.length : end) as never);
  dynamics.close?.();
  if (shortcut === undefined) return 'nothing to check';
  const found = differentPlay(
    playFrom(spec, seed, steps),
    playFrom(
      rebuild(spec['~source'], () => delegate(createDynamics())),
      seed,
      steps,
    ),
  );
  if (found === undefined) return [];
  return [
    {
      got: `${found}, by the shortcut and by its stages (${layers
        .slice(0, shortcut.stages)
        .map(({ name }) => name)
        .join(', ')})`,
      expected: 'the same bits',
      remedy: 'Compute in shortcut() exactly what these stages compute, from the first observation of an episode on.',
    },
  ];
}

/** Everything of a copy but its shortcut. */
function delegate(dynamics: Dynamics): Dynamics {
  return {
    get reward() {
      return dynamics.reward;
    },
    get terminated() {
      return dynamics.terminated;
    },
    begin: (rng) => dynamics.begin(rng),
    step: (action, rng) => dynamics.step(action, rng),
    observe: (out, offset) => dynamics.observe(out, offset),
    ...(dynamics.actionMask && { actionMask: (out: Uint8Array, offset: number) => dynamics.actionMask!(out, offset) }),
    snapshot: () => dynamics.snapshot(),
    restore: (snapshot) => dynamics.restore(snapshot),
    close: () => dynamics.close?.(),
  };
}
