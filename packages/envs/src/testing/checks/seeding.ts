import { differentElement, differentPlay, flat, Player, playFrom } from '../playing.js';
import type { CheckContext, CheckResult } from '../report.js';

const remedy = 'Take all randomness from rng, and keep nothing that changes outside the state or the copy: no clock, no Math.random().';

/** A seed decides everything: played again, in another order, and by `reset({ seed })`. */
export function checkSeeding({ spec, seed, steps }: CheckContext): CheckResult {
  const play = (from: number) => playFrom(spec, from, steps);
  const [first, neighbour] = [play(seed), play(seed + 1)];
  const again = differentPlay(first, play(seed)) ?? differentPlay(neighbour, play(seed + 1));
  if (again) return [{ got: `${again} of two plays with one seed`, expected: 'the same play', remedy }];
  const [late, early] = [play(seed + 1), play(seed)];
  const reordered = differentPlay(first, early) ?? differentPlay(neighbour, late);
  if (reordered) return [{ got: `${reordered} when seeds are played in another order`, expected: 'the same play', remedy }];
  const { player } = Player.start(spec, seed + 7);
  player.play(5);
  const found = differentElement(first.first, flat(player.env.reset({ seed })));
  player.env.close();
  return found ? [{ got: `${found} after make({ seed: ${seed} }) and after reset({ seed: ${seed} })`, expected: 'the same episode', remedy }] : [];
}

/** Different seeds give different episodes; may be meant otherwise. */
export function checkSeedsDiffer({ spec, seed, steps }: CheckContext): CheckResult {
  // the same actions, so that only the environment's own randomness can tell
  const [one, ...others] = [0, 1, 2, 3].map((i) => {
    const env = spec.make({ seed: seed + i });
    const first = flat(env.reset());
    const played = new Player(env, seed).play(Math.min(steps, 50));
    env.close();
    return { first, played };
  });
  if (others.some((other) => differentPlay(one!, other))) return [];
  return [
    {
      got: 'the same episodes for four seeds',
      expected: 'episodes that differ',
      remedy: 'Draw the first state from the rng that init and begin are given. Ignore this if the environment has no randomness.',
    },
  ];
}
