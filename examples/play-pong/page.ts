import { drawToCanvas } from '@pg/envs';
import type { FileSource } from '@pg/policies';
import { FRAMES_PER_SECOND, type Moment, playGames } from './games.js';

const find = <T extends Element>(selector: string) => document.querySelector<T>(selector)!;
const canvas = find<HTMLCanvasElement>('canvas');
const speed = find<HTMLSelectElement>('#speed');
const file = find<HTMLInputElement>('#file');
/** Counts the policies that were chosen: an older one stops when it sees that it is not the last. */
let chosen = 0;

file.addEventListener('change', () => file.files?.[0] && play(file.files[0]));
play(find<HTMLAnchorElement>('#policy').href);

/** Loads a policy and lets it play until another one is chosen. */
async function play(source: FileSource): Promise<void> {
  const turn = ++chosen;
  find('#message').textContent = '';
  try {
    for await (const moment of playGames(source, turn - 1)) {
      if (turn !== chosen) return;
      const seen = isSeen();
      if (seen || moment.ended) show(moment);
      if (seen) await pause();
    }
  } catch (error) {
    find('#message').textContent = (error as Error).message;
  }
}

function show({ render, agent, opponent, steps, ended }: Moment): void {
  drawToCanvas(render(), canvas);
  find('#score .game').textContent = `the game ${opponent}`;
  find('#score .policy').textContent = `the policy ${agent}`;
  if (!ended) return;
  const result = document.createElement('li');
  result.textContent = `${agent} to ${opponent} in ${steps} steps`;
  find('#games').append(result);
}

/** Milliseconds that a frame may be early: less than displays take for a picture, and more than they are uneven. */
const TOLERANCE = 4;
/** Milliseconds that are played between two pictures at full speed. */
const STRETCH = 12;
/** When the next frame is due, or at full speed when the stretch began. */
let due = 0;

/** Counts a frame, and says whether there is time to look at it: otherwise the next one is due already. */
function isSeen(): boolean {
  const times = Number(speed.value);
  const now = performance.now();
  if (times === 0) return now - due >= STRETCH;
  due = Math.max(due + 1000 / (FRAMES_PER_SECOND * times), now - 100);
  return now < due - TOLERANCE;
}

/** Until the next frame is due; at full speed, until the page has been drawn. */
async function pause(): Promise<void> {
  do await new Promise(requestAnimationFrame);
  while (speed.value !== '0' && performance.now() < due - TOLERANCE);
  if (speed.value === '0') due = performance.now();
}
