import { describeValue, type Space } from '@pg/core';
import type { Env } from '@pg/envs';
import { Player } from '../playing.js';
import type { CheckContext, CheckResult } from '../report.js';

/** How often masks are looked at. */
const STEPS = 50;

/** Masks are what the contract says in every state, looking at them changes nothing, and a restored copy gives the same. */
export function checkMasks({ spec, seed, steps }: CheckContext): CheckResult {
  if (!spec.masksActions) return 'nothing to check';
  const { player } = Player.start(spec, seed);
  const other = spec.make({ seed: seed + 3 });
  other.reset();
  try {
    for (let t = 0; t < Math.min(steps, STEPS); t++) {
      const found = lookTwice(player.env, other, t);
      if (found) return [found];
      player.step();
    }
    return [];
  } finally {
    player.env.close();
    other.close();
  }
}

function lookTwice(env: Env<Space, Space>, other: Env<Space, Space>, t: number) {
  // what the library keeps is looked at anew after a restore only
  const mask = env.actionMask;
  const snapshot = env.snapshot();
  env.restore(snapshot);
  const again = env.actionMask;
  other.restore(snapshot);
  const elsewhere = other.actionMask;
  const different = String(mask) !== String(again) ? again : String(mask) !== String(elsewhere) ? elsewhere : undefined;
  if (different === undefined) return undefined;
  return {
    got: `the mask ${describeValue(mask)} and then ${describeValue(different)} of one state at step ${t}`,
    expected: 'the same mask, also from a restored copy',
    remedy: 'Let actionMask read nothing but the state, and change nothing.',
  };
}
