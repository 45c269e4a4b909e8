import type { Picture } from '@pg/core';
import { karpathyDifference, noopStarts, pong } from '@pg/envs';
import { type FileSource, loadPolicy } from '@pg/policies';

/** What the policy was trained in; random starts make every game another one. */
const environment = pong({ version: 'PongDeterministic-v4' }).pipe(karpathyDifference()).pipe(noopStarts(30));

/** How many steps make a second: 60 frames, four a step. */
export const STEPS_PER_SECOND = 15;

/** A step of a game. */
export interface Moment {
  readonly picture: Picture;
  /** Points of the policy, on the right. */
  readonly agent: number;
  /** Points of the game's own player, on the left. */
  readonly opponent: number;
  /** How many steps the game has taken. */
  readonly steps: number;
  readonly ended: boolean;
}

/** Loads a policy and plays one game after the other, without end. The same in Node, in a worker and in a browser. */
export async function* playGames(source: FileSource, seed: number): AsyncGenerator<Moment, never> {
  const policy = await loadPolicy(source, { env: environment });
  const env = environment.make({ seed });
  for (;;) {
    let obs = env.reset();
    const score = { agent: 0, opponent: 0 };
    for (let steps = 1, ended = false; !ended; steps++) {
      const { obs: next, reward, terminated, truncated } = env.step(policy.act(obs, { greedy: true }));
      obs = next;
      ended = terminated || truncated;
      if (reward !== 0) score[reward > 0 ? 'agent' : 'opponent']++;
      yield { ...score, picture: env.render(), steps, ended };
    }
  }
}
