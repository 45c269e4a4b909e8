import type { DtypeArray } from '@pg/core';
import type { AtariView } from '../atari/atari-view.js';
import { keepBrighter } from '../atari/keep-brighter.js';
import { HEIGHT, WIDTH } from '../atari/screen-size.js';
import type { Picture } from '../rendering/picture.js';
import { BRICK_ROWS } from './geometry.js';
import { Painter } from './painter.js';
import type { BreakoutGame } from './physics.js';
import { type Scene, SceneMemory } from './scene.js';
import type { Screen } from './screen.js';
import { writeState } from './state-vector.js';

/** What is seen where, which all copies of an environment share. */
export interface BreakoutScreens {
  /** Of observations; none for observations without a picture. */
  readonly screen: Screen | undefined;
  /** Of pictures for people. */
  readonly renderScreen: Screen;
}

/** What is seen of a game of Breakout. */
export class BreakoutView implements AtariView {
  readonly #game: BreakoutGame;
  readonly #renderScreen: Screen;
  readonly #painter: Painter | undefined;
  readonly #size: number;
  readonly #frameBefore = new SceneMemory(BRICK_ROWS);
  /** A second picture, made when it is first needed. */
  #other: Uint8Array | undefined;

  constructor(game: BreakoutGame, { screen, renderScreen }: BreakoutScreens) {
    this.#game = game;
    this.#renderScreen = renderScreen;
    this.#painter = screen && new Painter(screen.colors, screen.empty);
    this.#size = screen?.empty.length ?? 0;
  }

  remember(): void {
    this.#frameBefore.copy(this.#game);
  }

  observe(out: DtypeArray, offset: number): void {
    if (this.#painter === undefined) writeState(this.#game, out, offset);
    else this.#painter.draw(this.#game, out, offset);
  }

  observeBrighter(out: DtypeArray, offset: number): void {
    this.observe(out, offset);
    if (this.#painter === undefined) return;
    this.#other ??= new Uint8Array(this.#size);
    this.#painter.draw(this.#frameBefore, this.#other, 0);
    keepBrighter(this.#other, out, offset);
  }

  render(): Picture {
    const data = new Uint8Array(HEIGHT * WIDTH * 3);
    new Painter(this.#renderScreen.colors, this.#renderScreen.empty).draw(this.#game, data, 0);
    return { width: WIDTH, height: HEIGHT, data };
  }

  snapshot(): Scene {
    return this.#frameBefore.copied();
  }

  restore(snapshot: unknown): void {
    this.#frameBefore.copy(snapshot as Scene);
  }
}
