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
      show(moment);
      await pause();
    }
  } catch (error) {
    find('#message').textContent = (error as Error).message;
  }
}

function show({ picture, agent, opponent, steps, ended }: Moment): void {
  drawToCanvas(picture, canvas);
  find('#score .game').textContent = `the game ${opponent}`;
  find('#score .policy').textContent = `the policy ${agent}`;
  if (!ended) return;
  const result = document.createElement('li');
  result.textContent = `${agent} to ${opponent} in ${steps} steps`;
  find('#games').append(result);
}

/** Milliseconds that a frame may be early: less than displays take for a picture, and more than they are uneven. */
const TOLERANCE = 4;

/** Until the next frame is due; at full speed, until the page has been drawn now and then. */
let due = 0;
async function pause(): Promise<void> {
  const times = Number(speed.value);
  const now = performance.now();
  if (times === 0 && now - due < 12) return;
  due = times === 0 ? now : Math.max(due + 1000 / (FRAMES_PER_SECOND * times), now - 100);
  if (times === 0) await new Promise(requestAnimationFrame);
  while (performance.now() < due - TOLERANCE) await new Promise(requestAnimationFrame);
}
