import { differentPlay, flat, Player, playFrom } from '../playing.js';
import type { CheckContext, CheckResult } from '../report.js';

const remedy = 'Take all randomness from rng, and keep nothing that changes outside the state or the copy: no clock, no Math.random().';
const forget = 'Set everything that changes anew where an episode begins, in init(rng) or begin(rng).';

/** A seed decides everything: played again, in another order, and by `reset({ seed })`. */
export function checkSeeding({ spec, seed, steps }: CheckContext): CheckResult {
  const play = (from: number) => playFrom(spec, from, steps);
  const [first, neighbour] = [play(seed), play(seed + 1)];
  const again = differentPlay(first, play(seed)) ?? differentPlay(neighbour, play(seed + 1));
  if (again) return [{ got: `${again} of two plays with one seed`, expected: 'the same play', remedy }];
  const [late, early] = [play(seed + 1), play(seed)];
  const reordered = differentPlay(first, early) ?? differentPlay(neighbour, late);
  if (reordered) return [{ got: `${reordered} when seeds are played in another order`, expected: 'the same play', remedy }];
  const stale = [5, 23].map((before) => differentPlay(first, playAgain({ spec, seed, steps }, before))).find((difference) => difference !== undefined);
  return stale ? [{ got: `${stale} after make({ seed: ${seed} }) and after reset({ seed: ${seed} })`, expected: 'the same episode', remedy: forget }] : [];
}

/** What is played after `reset({ seed })` by an environment that has taken `before` steps with another seed. */
function playAgain({ spec, seed, steps }: CheckContext, before: number): ReturnType<typeof playFrom> {
  const { env } = Player.start(spec, seed + 7).player;
  new Player(env, seed + 7).play(before);
  const first = flat(env.reset({ seed }));
  const played = new Player(env, seed).play(steps);
  env.close();
  return { first, played };
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
