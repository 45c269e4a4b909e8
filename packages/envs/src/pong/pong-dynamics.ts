import type { DtypeArray, Rng, Stage } from '@pg/core';
import type { Dynamics, Shortcut } from '../env/dynamics.js';
import type { Picture } from '../rendering/picture.js';
import { type JoystickAction, NOOP } from './actions.js';
import { HEIGHT, WIDTH } from './geometry.js';
import { PongGame, type PongSnapshot } from './physics.js';
import { babyA3cShortcut } from './preprocessing/baby-a3c-shortcut.js';
import { maskShortcut } from './preprocessing/mask-shortcut.js';
import { type Scene, SceneMemory } from './scene.js';
import { Screen } from './screen.js';
import type { PongSettings } from './settings.js';
import { writeState } from './state-vector.js';

interface Snapshot {
  readonly game: PongSnapshot;
  readonly lastAction: JoystickAction;
  readonly reward: number;
  readonly severalFrames: boolean;
  readonly frameBefore: Scene;
}

/** One copy of Pong: a game, the frames that an action lasts, and what is seen of it. */
export class PongDynamics implements Dynamics {
  reward = 0;
  readonly #settings: PongSettings;
  readonly #game: PongGame;
  readonly #screen: Screen | undefined;
  /** What was executed in the last frame. */
  #lastAction = NOOP;
  /** Whether the last step had more than one frame, and what the one before the last showed. */
  #severalFrames = false;
  readonly #frameBefore = new SceneMemory();

  constructor(settings: PongSettings) {
    this.#settings = settings;
    this.#game = new PongGame(settings.opponent);
    this.#screen = settings.colors && new Screen(settings.colors);
  }

  get terminated(): boolean {
    return this.#game.over;
  }

  begin(rng: Rng): void {
    const { noopMax } = this.#settings;
    this.#game.begin();
    this.reward = 0;
    this.#lastAction = NOOP;
    this.#severalFrames = false;
    const frames = noopMax === 0 ? 0 : 1 + rng.integer(noopMax);
    for (let k = 0; k < frames; k++) this.#game.step(NOOP.direction, NOOP.fire);
  }

  step(action: number | Float32Array, rng: Rng): void {
    const { actions, leastFrames, mostFrames, repeatActionProbability, maxOfTwoFrames } = this.#settings;
    const game = this.#game;
    const chosen = actions[action as number]!;
    const frames = leastFrames === mostFrames ? leastFrames : leastFrames + rng.integer(mostFrames - leastFrames + 1);
    let reward = 0;
    for (let k = 0; k < frames && !game.over; k++) {
      if (repeatActionProbability === 0 || rng.uniform() >= repeatActionProbability) this.#lastAction = chosen;
      if (maxOfTwoFrames) this.#rememberFrame(k > 0);
      reward += game.step(this.#lastAction.direction, this.#lastAction.fire);
    }
    this.reward = reward;
  }

  #rememberFrame(ofThisStep: boolean): void {
    this.#severalFrames = ofThisStep;
    if (ofThisStep) this.#frameBefore.copy(this.#game);
  }

  observe(out: DtypeArray, offset: number): void {
    if (this.#screen === undefined) writeState(this.#game, out, offset);
    else if (this.#severalFrames) this.#screen.drawBrighter(this.#game, this.#frameBefore, out, offset);
    else this.#screen.draw(this.#game, out, offset);
  }

  shortcut(stages: readonly Stage[]): Shortcut | undefined {
    const { colors, maxOfTwoFrames } = this.#settings;
    if (colors === undefined || maxOfTwoFrames) return undefined;
    return maskShortcut(stages, this.#game, colors) ?? babyA3cShortcut(stages, this.#game, colors);
  }

  render(): Picture {
    const data = new Uint8Array(HEIGHT * WIDTH * 3);
    new Screen(this.#settings.renderColors).draw(this.#game, data, 0);
    return { width: WIDTH, height: HEIGHT, data };
  }

  snapshot(): Snapshot {
    const { reward } = this;
    const game = this.#game.snapshot();
    return { game, lastAction: this.#lastAction, reward, severalFrames: this.#severalFrames, frameBefore: this.#frameBefore.copied() };
  }

  restore(snapshot: unknown): void {
    const { game, lastAction, reward, severalFrames, frameBefore } = snapshot as Snapshot;
    this.#game.restore(game);
    this.#lastAction = lastAction;
    this.reward = reward;
    this.#severalFrames = severalFrames;
    this.#frameBefore.copy(frameBefore);
  }
}
