import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Picture, Space } from '@pg/core';
import { toAnsi } from '@pg/envs';
import { gifRecorder } from '@pg/monitor';
import type { Policy } from '@pg/policies';
import type { Example } from './example.js';

type Shown<TObs extends Space, TAct extends Space> = Pick<Example<TObs, TAct, never>, 'environment' | 'settings'>;

const FRAMES_PER_SECOND = 30;
/** From the upper left corner on. */
const HOME = '\u001b[H';
const CLEAR = '\u001b[2J';

/** Plays an episode and draws it in the terminal; where there is none, into `episode.gif` of a folder. */
export async function showEpisode<TObs extends Space, TAct extends Space>(
  { environment, settings }: Shown<TObs, TAct>,
  policy: Policy<TObs, TAct>,
  folder: string,
): Promise<void> {
  const screen = process.stdout.isTTY ? terminalScreen() : gifScreen(join(folder, 'episode.gif'));
  const env = environment.make({ seed: settings.seed });
  const session = policy.session(); // remembers, where the policy does
  let obs = env.reset();
  let total = 0;
  for (let ended = false; !ended; ) {
    await screen.show(env.render());
    const { obs: next, reward, terminated, truncated } = env.step(session.act(obs, { greedy: true, mask: env.actionMask }));
    obs = next;
    total += reward;
    ended = terminated || truncated;
  }
  await screen.show(env.render());
  env.close();
  screen.end(total);
}

interface Screen {
  show(picture: Picture): Promise<void>;
  end(total: number): void;
}

function terminalScreen(): Screen {
  process.stdout.write(CLEAR);
  return {
    async show(picture) {
      const { columns, rows } = process.stdout;
      process.stdout.write(`${HOME}${toAnsi(picture, { columns, rows: rows - 2 })}\n`);
      await setTimeout(1000 / FRAMES_PER_SECOND);
    },
    end: (total) => console.log(`The episode returned ${total}.`),
  };
}

function gifScreen(path: string): Screen {
  const recorder = gifRecorder(path, { fps: FRAMES_PER_SECOND });
  return {
    show: async (picture) => recorder.add(picture),
    end(total) {
      recorder.save();
      console.log(`An episode that returned ${total} is in ${relative('.', path)}.`);
    },
  };
}
