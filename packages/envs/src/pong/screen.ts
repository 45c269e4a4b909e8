import type { DtypeArray } from '@pg/core';
import { keepBrighter } from '../atari/keep-brighter.js';
import { emptyPicture } from './empty-picture.js';
import { HEIGHT, WIDTH } from './geometry.js';
import { Painter } from './painter.js';
import type { Colors } from './palette.js';
import type { PongGame } from './physics.js';
import { type Scene, sceneOf } from './scene.js';

/** The two palettes of a screen and their empty pictures, which all copies of an environment share. */
export interface ScreenColors {
  readonly play: Colors;
  readonly emptyPlay: Uint8Array;
  readonly reset: Colors;
  readonly emptyReset: Uint8Array;
}

/** What is needed for screens in these colours. */
export function screenColors(play: Colors, reset: Colors): ScreenColors {
  return { play, emptyPlay: emptyPicture(play), reset, emptyReset: emptyPicture(reset) };
}

/** Draws one game's pictures, flat [210, 160, channels]. */
export class Screen {
  readonly #play: Painter;
  readonly #reset: Painter;
  readonly #channels: number;
  /** A second picture, made when it is first needed. */
  #other: Uint8Array | undefined;

  constructor({ play, emptyPlay, reset, emptyReset }: ScreenColors) {
    this.#play = new Painter(play, emptyPlay);
    this.#reset = new Painter(reset, emptyReset);
    this.#channels = play.wall.length;
  }

  /** Draws the game as it is now, from `offset` on. Hot: no allocation. */
  draw(game: PongGame, out: DtypeArray, offset: number): void {
    const painter = game.frame === 0 ? this.#reset : this.#play;
    painter.draw(sceneOf(game), out, offset);
  }

  /** Draws the brighter of the game now and an earlier scene of play, number by number. Hot: no allocation. */
  drawBrighter(game: PongGame, before: Scene, out: DtypeArray, offset: number): void {
    this.#other ??= new Uint8Array(HEIGHT * WIDTH * this.#channels);
    this.#play.draw(before, this.#other, 0);
    this.draw(game, out, offset);
    keepBrighter(this.#other, out, offset);
  }
}
