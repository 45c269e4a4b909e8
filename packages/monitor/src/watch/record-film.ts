import { DisposedError, describeThrown, nextEventLoopTurn } from '@pg/core';
import type { AgentPlayer } from './agent-player.js';
import type { Film } from './film.js';
import { FilmRecorder } from './film-recorder.js';
import { fitPicture } from './fit-picture.js';

/** The longest episode that is played for a film: steps, and milliseconds. */
const MOST_STEPS = 3000;
const MOST_TIME = 3000;

/** Any player; what it plays is its own matter. */
export type Player = Pick<AgentPlayer<unknown, unknown>, 'next' | 'leave'>;

/** How a film is made. */
export interface FilmOptions {
  /** Pictures a second. */
  readonly fps: number;
  /** Milliseconds. */
  readonly now: () => number;
  /** Told when agent or environment fail; the film ends there. */
  readonly fail: (error: unknown) => void;
}

/** What is said when agent or environment fail; nothing where the learner was disposed, which is no failure. */
export function whyNotShown(error: unknown): string | undefined {
  if (DisposedError.isInstance(error)) return undefined;
  return `The agent cannot be shown: ${describeThrown(error)}`;
}

/** An episode from its beginning, played now, as fast as it goes and no longer than three seconds; null when there is no picture of it. */
export async function recordFilm(player: Player, { fps, now, fail }: FilmOptions): Promise<Film | null> {
  const recorder = new FilmRecorder(fps);
  const end = now() + MOST_TIME;
  player.leave();
  try {
    for (let shots = 0, ended = false; !ended && shots <= MOST_STEPS && now() < end; shots++) {
      const shot = player.next();
      recorder.add(fitPicture(shot.picture), shot.caption);
      ended = shot.ended;
      if (shots % 64 === 63) await nextEventLoopTurn();
    }
  } catch (error) {
    fail(error);
  }
  return recorder.finish();
}
