import { type Discrete, discrete, parseOptions, type Space } from '@pg/core';
import { AtariDynamics } from '../atari/atari-dynamics.js';
import { frameSettings } from '../atari/frame-settings.js';
import { pictureSpace } from '../atari/picture-space.js';
import { defineEnv } from '../env/define-env.js';
import type { EnvSpec } from '../env/env.js';
import { joystickActions } from './actions.js';
import { type PongActionCounts, type PongActions, type PongObservation, type PongOptions, type PongPalette, type PongSpaces, pongSchema } from './options.js';
import { type Colors, inGray, PLAY_COLORS, RESET_COLORS } from './palette.js';
import { PongGame } from './physics.js';
import { PongView } from './pong-view.js';
import { screenColors } from './screen.js';
import { stateSpace } from './state-vector.js';
import { pongVersions } from './versions.js';

/**
 * Atari 2600 Pong, re-created from published pictures of the game; nothing of the original program is in it. Rules, picture
 * and timing follow what was measured, to the pixel and the frame.
 *
 * Observation `[210, 160, 3]`, bytes: the screen. Actions: NOOP, FIRE, RIGHT (up), LEFT (down), RIGHTFIRE, LEFTFIRE. The agent
 * is on the right. Reward 1 for a point won, −1 for a point lost, shown two frames after the ball crosses the line. An episode
 * ends when a side has 21. The game has no chance in it: what varies comes from actions, repeated actions, random frame skips
 * and no-op starts.
 *
 * @throws InvalidOptionsError when an option is unknown or out of range
 * @example
 * ```ts
 * const envs = vectorize(pong().pipe(karpathyDifference()), { numEnvs: 16 }); // Box<[6400]>, Discrete<6>
 * const easy = pong({ version: 'Pong-v0', actions: 'two', observation: 'state' }); // Box<[9]>, Discrete<2>
 * ```
 */
export function pong<const TActions extends PongActions = 'full', const TObservation extends PongObservation = 'rgb'>(
  options: PongOptions<TActions, TObservation> = {},
): EnvSpec<PongSpaces[TObservation], Discrete<PongActionCounts[TActions]>> {
  const { version, actions, observation, palette, opponent, ...given } = parseOptions('pong', pongSchema, options);
  const { maxSteps, ...settings } = frameSettings(given, pongVersions[version], { actions: joystickActions[actions] });
  const renderColors = colorsOf(palette, (colors) => colors);
  const colors = { rgb: renderColors, grayscale: colorsOf(palette, inGray), state: undefined }[observation];
  const create = () => {
    const game = new PongGame(opponent);
    return new AtariDynamics(game, new PongView(game, { colors, renderColors }), settings);
  };
  const spec: EnvSpec<Space, Discrete> = defineEnv<Space, Discrete>({
    id: version,
    observation: observation === 'state' ? stateSpace() : pictureSpace(observation),
    action: discrete(settings.actions.length),
    maxSteps,
    create,
  });
  return spec as unknown as EnvSpec<PongSpaces[TObservation], Discrete<PongActionCounts[TActions]>>;
}

function colorsOf(palette: PongPalette, convert: (colors: Colors) => Colors) {
  const play = convert(PLAY_COLORS);
  return screenColors(play, palette === 'atari' ? convert(RESET_COLORS) : play);
}
