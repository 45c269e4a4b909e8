import { describeThrown } from '@pg/core';
import { type AnyEnv, difference, Player } from '../playing.js';
import type { CheckContext, CheckResult } from '../report.js';

/** After how many steps snapshots are taken. */
const AFTER = [0, 1, 2, 7, 20];

const remedy = 'Put everything that step() and observe() read into snapshot(), as copies (slice(), structuredClone()), and take all of it back in restore().';

/** From a snapshot another copy goes on as this one did. */
export function checkSnapshots({ spec, seed, steps }: CheckContext): CheckResult {
  const goOn = (env: AnyEnv) => new Player(env, seed).play(Math.min(steps, 40));
  for (const after of AFTER) {
    const { player } = Player.start(spec, seed);
    player.play(after);
    const snapshot = player.env.snapshot();
    const { copy, refused } = clone(snapshot);
    if (copy === undefined) return [{ got: `a snapshot that is no plain data: ${refused}`, expected: 'objects, lists, numbers and typed arrays', remedy }];
    const expected = goOn(player.env);
    // the copy shows whether everything is in it, the snapshot itself whether later steps have changed it
    for (const [how, taken] of [
      ['a copy of its snapshot', copy],
      ['its snapshot, which later steps must not change,', snapshot],
    ] as const) {
      const { player: other } = Player.start(spec, seed + 3);
      other.play(after + 4);
      other.env.restore(taken);
      const found = difference(expected, goOn(other.env));
      other.env.close();
      if (found) return [{ got: `${found}, in the environment and in one restored from ${how} after step ${after}`, expected: 'the same steps', remedy }];
    }
    player.env.close();
  }
  return [];
}

function clone<T>(value: T): { readonly copy?: T; readonly refused?: string } {
  try {
    return { copy: structuredClone(value) };
  } catch (cause) {
    return { refused: describeThrown(cause) };
  }
}
