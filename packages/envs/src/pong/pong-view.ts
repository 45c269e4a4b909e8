import type { DtypeArray, Stage } from '@pg/core';
import type { AtariView } from '../atari/atari-view.js';
import type { Shortcut } from '../env/dynamics.js';
import type { Picture } from '../rendering/picture.js';
import { HEIGHT, WIDTH } from './geometry.js';
import type { PongGame } from './physics.js';
import { babyA3cShortcut } from './preprocessing/baby-a3c-shortcut.js';
import { maskShortcut } from './preprocessing/mask-shortcut.js';
import { type Scene, SceneMemory } from './scene.js';
import { Screen, type ScreenColors } from './screen.js';
import { writeState } from './state-vector.js';

/** The colours in which a game is seen. */
export interface PongViewColors {
  /** Those of observations; none for observations without a picture. */
  readonly colors: ScreenColors | undefined;
  /** Those of pictures for people. */
  readonly renderColors: ScreenColors;
}

/** What is seen of a game of Pong. */
export class PongView implements AtariView {
  readonly #game: PongGame;
  readonly #colors: PongViewColors;
  readonly #screen: Screen | undefined;
  readonly #frameBefore = new SceneMemory();

  constructor(game: PongGame, colors: PongViewColors) {
    this.#game = game;
    this.#colors = colors;
    this.#screen = colors.colors && new Screen(colors.colors);
  }

  remember(): void {
    this.#frameBefore.copy(this.#game);
  }

  observe(out: DtypeArray, offset: number): void {
    if (this.#screen === undefined) writeState(this.#game, out, offset);
    else this.#screen.draw(this.#game, out, offset);
  }

  observeBrighter(out: DtypeArray, offset: number): void {
    if (this.#screen === undefined) writeState(this.#game, out, offset);
    else this.#screen.drawBrighter(this.#game, this.#frameBefore, out, offset);
  }

  render(): Picture {
    const data = new Uint8Array(HEIGHT * WIDTH * 3);
    new Screen(this.#colors.renderColors).draw(this.#game, data, 0);
    return { width: WIDTH, height: HEIGHT, data };
  }

  shortcut(stages: readonly Stage[]): Shortcut | undefined {
    const { colors } = this.#colors;
    if (colors === undefined) return undefined;
    return maskShortcut(stages, this.#game, colors) ?? babyA3cShortcut(stages, this.#game, colors);
  }

  snapshot(): Scene {
    return this.#frameBefore.copied();
  }

  restore(snapshot: unknown): void {
    this.#frameBefore.copy(snapshot as Scene);
  }
}
