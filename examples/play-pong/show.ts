import { setTimeout } from 'node:timers/promises';
import { toAnsi } from '@pg/envs';
import { gifRecorder } from '@pg/monitor';
import { type Moment, STEPS_PER_SECOND } from './games.js';

/** Shows games as they are played: drawn in a terminal, as a line for each game in a log file, and as a GIF if there is a path for one. */
export async function show(moments: AsyncIterable<Moment>, { games, gif }: { readonly games: number; readonly gif: string }): Promise<void> {
  const recorder = gif === '' ? undefined : gifRecorder(gif, { fps: STEPS_PER_SECOND });
  let played = 0;
  for await (const moment of moments) {
    recorder?.add(moment.picture);
    if (process.stdout.isTTY) await draw(moment);
    if (!moment.ended) continue;
    console.log(`Game ${++played}: ${moment.agent} to ${moment.opponent} in ${moment.steps} steps.`);
    if (played === games) break;
  }
  recorder?.save();
}

/** Draws over what was drawn before: \u001b[H is the upper left corner, \u001b[J what is below. */
async function draw({ picture, agent, opponent }: Moment): Promise<void> {
  const { columns, rows } = process.stdout;
  process.stdout.write(`\u001b[H${toAnsi(picture, { columns, rows: rows - 3 })}\n\u001b[Jthe game ${opponent} : ${agent} the policy\n`);
  await setTimeout(1000 / STEPS_PER_SECOND);
}
