import { type Discrete, discrete, parseOptions, type Space } from '@pg/core';
import { AtariDynamics } from '../atari/atari-dynamics.js';
import { frameSettings } from '../atari/frame-settings.js';
import { type JoystickAction, NOOP } from '../atari/joystick-action.js';
import { pictureSpace } from '../atari/picture-space.js';
import { defineEnv } from '../env/define-env.js';
import type { EnvSpec } from '../env/env.js';
import { BreakoutView } from './breakout-view.js';
import { type BreakoutObservation, type BreakoutOptions, type BreakoutSpaces, breakoutSchema } from './options.js';
import { GRAY_COLORS, RGB_COLORS } from './palette.js';
import { BreakoutGame } from './physics.js';
import { screenIn } from './screen.js';
import { stateSpace } from './state-vector.js';
import { breakoutVersions } from './versions.js';

/** NOOP, FIRE, RIGHT, LEFT: the order of the Arcade Learning Environment. */
const ACTIONS: readonly JoystickAction[] = [NOOP, { direction: 0, fire: true }, { direction: 1, fire: false }, { direction: -1, fire: false }];

/**
 * Atari 2600 Breakout, re-created from published pictures of the game; nothing of the original program is in it.
 *
 * Observation `[210, 160, 3]`, bytes: the screen. Actions: NOOP, FIRE, RIGHT, LEFT. FIRE serves; nothing happens until it is
 * pressed, at the start and after each lost ball. Reward: the points of the brick that is broken, 1, 1, 4, 4, 7, 7 from the
 * lowest row up. An episode ends when the fifth ball is lost. There are two walls, 864 points; after that the ball flies on in
 * an empty field. The game has no chance in it: what varies comes from actions, repeated actions, random frame skips and
 * no-op starts.
 *
 * @throws InvalidOptionsError when an option is unknown or out of range
 * @example
 * ```ts
 * const envs = vectorize(breakout({ observation: 'grayscale' }).pipe(deepMindFrames()), { numEnvs: 16 });
 * const lives = breakout({ version: 'BreakoutNoFrameskip-v4', terminalOnLifeLoss: true, observation: 'state' }); // Box<[118]>
 * ```
 */
export function breakout<const TObservation extends BreakoutObservation = 'rgb'>(
  options: BreakoutOptions<TObservation> = {},
): EnvSpec<BreakoutSpaces[TObservation], Discrete<4>> {
  const { version, observation, terminalOnLifeLoss, ...given } = parseOptions('breakout', breakoutSchema, options);
  const { maxSteps, ...settings } = frameSettings(given, breakoutVersions[version], { actions: ACTIONS, terminalOnLifeLoss });
  const renderScreen = screenIn(RGB_COLORS);
  const screen = { rgb: renderScreen, grayscale: screenIn(GRAY_COLORS), state: undefined }[observation];
  const create = () => {
    const game = new BreakoutGame();
    return new AtariDynamics(game, new BreakoutView(game, { screen, renderScreen }), settings);
  };
  const spec: EnvSpec<Space, Discrete<4>> = defineEnv<Space, Discrete<4>>({
    id: version,
    observation: observation === 'state' ? stateSpace() : pictureSpace(observation),
    action: discrete(4),
    maxSteps,
    create,
  });
  return spec as unknown as EnvSpec<BreakoutSpaces[TObservation], Discrete<4>>;
}
