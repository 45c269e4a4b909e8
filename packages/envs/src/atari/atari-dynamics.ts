import type { DtypeArray, Rng, Stage } from '@pg/core';
import type { Dynamics, Shortcut } from '../env/dynamics.js';
import type { Picture } from '../rendering/picture.js';
import type { AtariGame } from './atari-game.js';
import type { AtariView } from './atari-view.js';
import type { FrameSettings } from './frame-settings.js';
import { type JoystickAction, NOOP } from './joystick-action.js';

interface Snapshot {
  readonly game: unknown;
  readonly view: unknown;
  readonly lastAction: JoystickAction;
  readonly reward: number;
  readonly severalFrames: boolean;
  readonly lifeLost: boolean;
}

/** One copy of a game as an environment: the frames that an action lasts, repeated actions, no-op starts, lives. */
export class AtariDynamics implements Dynamics {
  reward = 0;
  readonly #settings: FrameSettings;
  readonly #game: AtariGame;
  readonly #view: AtariView;
  /** What was executed in the last frame. */
  #lastAction = NOOP;
  /** Whether the last step had more than one frame: then the view remembers the one before the last. */
  #severalFrames = false;
  /** Whether the last step cost a life, where that ends the episode. */
  #lifeLost = false;

  constructor(game: AtariGame, view: AtariView, settings: FrameSettings) {
    this.#game = game;
    this.#view = view;
    this.#settings = settings;
  }

  get terminated(): boolean {
    return this.#lifeLost || this.#game.over;
  }

  begin(rng: Rng): void {
    const continues = this.#lifeLost && !this.#game.over;
    this.reward = 0;
    this.#lastAction = NOOP;
    this.#severalFrames = false;
    this.#lifeLost = false;
    if (!continues) this.#game.begin();
    const frames = continues ? this.#settings.leastFrames : this.#noopFrames(rng);
    for (let k = 0; k < frames; k++) this.#game.step(NOOP.direction, NOOP.fire);
  }

  #noopFrames(rng: Rng): number {
    const { noopMax } = this.#settings;
    return noopMax === 0 ? 0 : 1 + rng.integer(noopMax);
  }

  step(action: number | Float32Array, rng: Rng): void {
    const { actions, leastFrames, mostFrames, repeatActionProbability, maxOfTwoFrames, terminalOnLifeLoss } = this.#settings;
    const game = this.#game;
    const { lives } = game;
    const chosen = actions[action as number]!;
    const frames = leastFrames === mostFrames ? leastFrames : leastFrames + rng.integer(mostFrames - leastFrames + 1);
    let reward = 0;
    for (let k = 0; k < frames && !game.over; k++) {
      if (repeatActionProbability === 0 || rng.uniform() >= repeatActionProbability) this.#lastAction = chosen;
      if (maxOfTwoFrames) this.#rememberFrame(k > 0);
      reward += game.step(this.#lastAction.direction, this.#lastAction.fire);
    }
    this.reward = reward;
    this.#lifeLost = terminalOnLifeLoss && game.lives < lives;
  }

  #rememberFrame(ofThisStep: boolean): void {
    this.#severalFrames = ofThisStep;
    if (ofThisStep) this.#view.remember();
  }

  observe(out: DtypeArray, offset: number): void {
    if (this.#severalFrames) this.#view.observeBrighter(out, offset);
    else this.#view.observe(out, offset);
  }

  shortcut(stages: readonly Stage[]): Shortcut | undefined {
    return this.#settings.maxOfTwoFrames ? undefined : this.#view.shortcut?.(stages);
  }

  render(): Picture {
    return this.#view.render();
  }

  snapshot(): Snapshot {
    const game = this.#game.snapshot();
    const view = this.#view.snapshot();
    return { game, view, lastAction: this.#lastAction, reward: this.reward, severalFrames: this.#severalFrames, lifeLost: this.#lifeLost };
  }

  restore(snapshot: unknown): void {
    const { game, view, lastAction, reward, severalFrames, lifeLost } = snapshot as Snapshot;
    this.#game.restore(game);
    this.#view.restore(view);
    this.#lastAction = lastAction;
    this.reward = reward;
    this.#severalFrames = severalFrames;
    this.#lifeLost = lifeLost;
  }
}
