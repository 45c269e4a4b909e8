import { setTimeout } from 'node:timers/promises';
import { toAnsi } from '@pg/envs';
import { gifRecorder } from '@pg/monitor';
import { FRAMES_PER_SECOND, type Moment } from './games.js';

/** Of so many frames one is drawn: terminals and GIFs are no displays. */
const STRIDE = 2;
const PICTURES_PER_SECOND = FRAMES_PER_SECOND / STRIDE;

/** Shows games as they are played: drawn in a terminal, as a line for each game in a log file, and as a GIF if there is a path for one. */
export async function show(moments: AsyncIterable<Moment>, { games, gif }: { readonly games: number; readonly gif: string }): Promise<void> {
  const recorder = gif === '' ? undefined : gifRecorder(gif, { fps: PICTURES_PER_SECOND });
  let played = 0;
  for await (const moment of moments) {
    const drawn = moment.frame % STRIDE === 0 || moment.ended;
    if (drawn) recorder?.add(moment.render());
    if (drawn && process.stdout.isTTY) await draw(moment);
    if (!moment.ended) continue;
    console.log(`Game ${++played}: ${moment.agent} to ${moment.opponent} in ${moment.steps} steps.`);
    if (played === games) break;
  }
  recorder?.save();
}

/** Draws over what was drawn before, from the upper left corner on (\u001b[H); a game begins on an empty screen (\u001b[2J). */
async function draw({ render, agent, opponent, frame }: Moment): Promise<void> {
  const { columns, rows } = process.stdout;
  const score = `the game ${opponent} : ${agent} the policy`.slice(0, columns - 1);
  process.stdout.write(`${frame <= STRIDE ? '\u001b[2J' : ''}\u001b[H${toAnsi(render(), { columns, rows: Math.max(1, rows - 3) })}\n${score}\n`);
  await setTimeout(1000 / PICTURES_PER_SECOND);
}
