import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Picture, Space } from '@pg/core';
import { toAnsi } from '@pg/envs';
import { gifRecorder } from '@pg/monitor';
import type { Policy } from '@pg/policies';
import type { Example } from './example.js';
import { stopSignal } from './stop-signal.js';

type Shown<TObs extends Space, TAct extends Space> = Pick<Example<TObs, TAct, never>, 'environment' | 'settings'>;

const FRAMES_PER_SECOND = 30;
/** The terminal's other screen, so that what was said before is there again afterwards. */
const ENTER = '\u001b[?1049h\u001b[2J';
const LEAVE = '\u001b[?1049l';
/** From the upper left corner on. */
const HOME = '\u001b[H';

/** Plays an episode, until Ctrl-C if that comes first, and draws it in the terminal; where there is none, into `episode.gif` of a folder. */
export async function showEpisode<TObs extends Space, TAct extends Space>(
  { environment, settings }: Shown<TObs, TAct>,
  policy: Policy<TObs, TAct>,
  folder: string,
): Promise<void> {
  const signal = stopSignal();
  const screen = process.stdout.isTTY ? terminalScreen() : gifScreen(join(folder, 'episode.gif'));
  const env = environment.make({ seed: settings.seed });
  const session = policy.session(); // remembers, where the policy does
  let obs = env.reset();
  let total = 0;
  try {
    for (let ended = false; !ended && !signal.aborted; ) {
      await screen.show(env.render());
      const { obs: next, reward, terminated, truncated } = env.step(session.act(obs, { greedy: true, mask: env.actionMask }));
      obs = next;
      total += reward;
      ended = terminated || truncated;
    }
    await screen.show(env.render());
  } finally {
    env.close();
    screen.close();
  }
  console.log(`The episode ${signal.aborted ? 'was stopped, and had returned' : 'returned'} ${Number(total.toFixed(2))}${screen.place}.`);
}

interface Screen {
  show(picture: Picture): Promise<void>;
  close(): void;
  /** Where it can be seen again, for the end of a sentence. */
  readonly place: string;
}

function terminalScreen(): Screen {
  process.stdout.write(ENTER);
  return {
    async show(picture) {
      const { columns, rows } = process.stdout;
      process.stdout.write(`${HOME}${toAnsi(picture, { columns, rows: rows - 2 })}\n`);
      await setTimeout(1000 / FRAMES_PER_SECOND);
    },
    close: () => void process.stdout.write(LEAVE),
    place: '',
  };
}

function gifScreen(path: string): Screen {
  const recorder = gifRecorder(path, { fps: FRAMES_PER_SECOND });
  return {
    show: async (picture) => recorder.add(picture),
    close: () => recorder.save(),
    place: `; it is in ${relative('.', path)}`,
  };
}
