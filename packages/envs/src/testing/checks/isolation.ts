import { differentPlay, Player, playFrom } from '../playing.js';
import type { CheckContext, CheckResult } from '../report.js';

/** What happens in one copy does not depend on another that is played in between. */
export function checkIsolation({ spec, seed, steps }: CheckContext): CheckResult {
  const alone = playFrom(spec, seed, steps);
  const one = Player.start(spec, seed);
  const other = Player.start(spec, seed + 1);
  const played = alone.played.map(() => {
    const step = one.player.step();
    other.player.step();
    return step;
  });
  const found = differentPlay(alone, { first: one.first, played });
  one.player.env.close();
  other.player.env.close();
  if (found === undefined) return [];
  return [
    {
      got: `${found}, alone and beside another copy`,
      expected: 'copies that share nothing that changes',
      remedy: 'Keep everything that changes in the state, in the object that create() returns, or in what a stage makes in create().',
    },
  ];
}
