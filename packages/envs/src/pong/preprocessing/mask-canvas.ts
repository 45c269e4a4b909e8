import type { DtypeArray } from '@pg/core';
import { AGENT_X, BALL_HEIGHT, BALL_WIDTH, FIELD_END, FIELD_TOP, OPPONENT_X, PADDLE_HEIGHT, PADDLE_WIDTH, WIDTH } from '../geometry.js';
import type { Scene } from '../scene.js';
import { type Mask, maskColumns, maskRows } from './mask.js';

/** A mask inside an array, to which the ones of scenes are added without drawing them. */
export class MaskCanvas {
  /** How many numbers the mask has. */
  readonly size: number;
  readonly #mask: Mask;
  readonly #columns: number;
  #out: DtypeArray = new Float32Array(0);
  #offset = 0;

  constructor(mask: Mask) {
    this.#mask = mask;
    this.#columns = maskColumns(mask);
    this.size = maskRows(mask) * this.#columns;
  }

  /** Goes to an array, and makes the mask in it zero. */
  clear(out: DtypeArray, offset: number): void {
    this.#out = out;
    this.#offset = offset;
    out.fill(0, offset, offset + this.size);
  }

  /** Adds `value` wherever the scene is not background: once where sprites overlap. Hot: no allocation. */
  add(scene: Scene, value: number): void {
    const { step } = this.#mask;
    const { opponentTop, agentTop, ballX, ballY } = scene;
    this.#addPaddle(OPPONENT_X, opponentTop, value);
    this.#addPaddle(AGENT_X, agentTop, value);
    if (!scene.ballVisible) return;
    const end = this.#lineFrom(Math.min(FIELD_END, ballY + BALL_HEIGHT));
    for (let line = this.#lineFrom(Math.max(FIELD_TOP, ballY)); line < end; line++) {
      const y = this.#mask.top + line * step;
      for (let column = Math.ceil(ballX / step); column * step < Math.min(WIDTH, ballX + BALL_WIDTH); column++) {
        const x = column * step;
        const covered = isInPaddle(x - OPPONENT_X, y - opponentTop) || isInPaddle(x - AGENT_X, y - agentTop);
        if (!covered) this.#out[this.#offset + line * this.#columns + column]! += value;
      }
    }
  }

  #addPaddle(x: number, top: number, value: number): void {
    const { step } = this.#mask;
    const out = this.#out;
    const from = Math.ceil(x / step);
    const to = Math.ceil((x + PADDLE_WIDTH) / step);
    const end = this.#lineFrom(Math.min(FIELD_END, top + PADDLE_HEIGHT));
    for (let line = this.#lineFrom(Math.max(FIELD_TOP, top)); line < end; line++) {
      const at = this.#offset + line * this.#columns;
      for (let column = from; column < to; column++) out[at + column]! += value;
    }
  }

  /** The first line of the mask in or below a row of the picture. */
  #lineFrom(row: number): number {
    return Math.max(0, Math.ceil((row - this.#mask.top) / this.#mask.step));
  }

  /** Adds `value` everywhere. */
  addToAll(value: number): void {
    for (let i = this.#offset; i < this.#offset + this.size; i++) this.#out[i]! += value;
  }
}

function isInPaddle(x: number, y: number): boolean {
  return x >= 0 && x < PADDLE_WIDTH && y >= 0 && y < PADDLE_HEIGHT;
}
