import type { Picture } from '@pg/core';
import { karpathyDifference, pong } from '@pg/envs';
import { type FileSource, loadPolicy } from '@pg/policies';

/** Frames that an action lasts, as the policy was trained. */
const FRAMES_A_STEP = 4;
/** Random starts make every game another one. */
const starts = { noopMax: 120 };
/** What the policy sees: a picture for each of its steps. */
const environment = pong({ version: 'PongDeterministic-v4', ...starts }).pipe(karpathyDifference());
/** What people see: the same game frame by frame. Nothing in it is random but its start, which the seed makes the same. */
const shown = pong({ version: 'PongNoFrameskip-v4', ...starts });

/** How many frames make a second. */
export const FRAMES_PER_SECOND = 60;

/** A frame of a game. */
export interface Moment {
  /** Its picture. */
  readonly render: () => Picture;
  /** Points of the policy, on the right. */
  readonly agent: number;
  /** Points of the game's own player, on the left. */
  readonly opponent: number;
  /** How many steps the policy has taken. */
  readonly steps: number;
  /** How many frames the game has had. */
  readonly frame: number;
  readonly ended: boolean;
}

/** Loads a policy and plays one game after the other, without end. The same in Node, in a worker and in a browser. */
export async function* playGames(source: FileSource, seed: number): AsyncGenerator<Moment, never> {
  const policy = await loadPolicy(source, { env: environment });
  const [env, screen] = [environment.make({ seed }), shown.make({ seed })];
  for (;;) {
    let obs = env.reset();
    screen.reset();
    const score = { agent: 0, opponent: 0 };
    for (let frame = 1, steps = 1, ended = false; !ended; steps++) {
      const action = policy.act(obs, { greedy: true });
      obs = env.step(action).obs;
      for (let held = 0; held < FRAMES_A_STEP && !ended; held++, frame++) {
        const { reward, terminated, truncated } = screen.step(action);
        ended = terminated || truncated;
        if (reward !== 0) score[reward > 0 ? 'agent' : 'opponent']++;
        yield { ...score, render: () => screen.render(), steps, frame, ended };
      }
    }
  }
}
