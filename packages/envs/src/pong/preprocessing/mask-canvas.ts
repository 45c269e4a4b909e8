import type { DtypeArray, SparseRows } from '@pg/core';
import { AGENT_X, BALL_HEIGHT, BALL_WIDTH, FIELD_END, FIELD_TOP, OPPONENT_X, PADDLE_HEIGHT, PADDLE_WIDTH, WIDTH } from '../geometry.js';
import type { Scene } from '../scene.js';
import { type Mask, maskColumns, maskRows } from './mask.js';

/** The most numbers that the sprites of two scenes can change, were every pixel looked at. */
const MOST_CHANGES = 2 * (2 * PADDLE_WIDTH * PADDLE_HEIGHT + BALL_WIDTH * BALL_HEIGHT);

/** A mask inside an array, to which the ones of scenes are added without drawing them. */
export class MaskCanvas {
  /** How many numbers the mask has. */
  readonly size: number;
  readonly #mask: Mask;
  readonly #columns: number;
  /** A mask of its own, zero between two lists. */
  readonly #own: Float32Array;
  /** Where something was added since the canvas was cleared or opened; places may repeat. */
  readonly #changed = new Int32Array(MOST_CHANGES);
  #changes = 0;
  #out: DtypeArray;
  #offset = 0;

  constructor(mask: Mask) {
    this.#mask = mask;
    this.#columns = maskColumns(mask);
    this.size = maskRows(mask) * this.#columns;
    this.#own = new Float32Array(this.size);
    this.#out = this.#own;
  }

  /** Goes to an array, and makes the mask in it zero. */
  clear(out: DtypeArray, offset: number): void {
    this.#out = out;
    this.#offset = offset;
    this.#changes = 0;
    out.fill(0, offset, offset + this.size);
  }

  /** Goes to a mask of its own, which {@link writeList} empties again. */
  open(): void {
    this.#out = this.#own;
    this.#offset = 0;
    this.#changes = 0;
  }

  /** Adds 1 wherever one scene is not background, and subtracts 1 where another is not; what is in both is left alone. Hot: no allocation. */
  addDifference(scene: Scene, before: Scene): void {
    this.#movePaddle(OPPONENT_X, scene.opponentTop, before.opponentTop);
    this.#movePaddle(AGENT_X, scene.agentTop, before.agentTop);
    this.#addBall(scene, 1);
    this.#addBall(before, -1);
  }

  /** Adds `value` wherever the scene is not background: once where sprites overlap. Hot: no allocation. */
  add(scene: Scene, value: number): void {
    this.#addLines(OPPONENT_X, this.#firstLine(scene.opponentTop), this.#endLine(scene.opponentTop), value);
    this.#addLines(AGENT_X, this.#firstLine(scene.agentTop), this.#endLine(scene.agentTop), value);
    this.#addBall(scene, value);
  }

  /** Adds `value` everywhere. */
  addToAll(value: number): void {
    for (let i = this.#offset; i < this.#offset + this.size; i++) this.#out[i]! += value;
  }

  /** Moves what was added since {@link open} to a list; says whether it has room. Hot: no allocation. */
  writeList(out: SparseRows, row: number): boolean {
    const { indices, values, capacity } = out;
    const start = 2 * row * capacity;
    let count = 0;
    for (let i = 0; i < this.#changes; i++) {
      const place = this.#changed[i]!;
      const value = this.#own[place]!;
      if (value === 0) continue;
      this.#own[place] = 0;
      if (count === capacity) {
        this.#own.fill(0);
        return false;
      }
      // there are few: each goes to its place among those before it
      let at = start + 2 * count;
      for (; at > start && indices[at - 2]! > place; at -= 2) {
        indices[at] = indices[at - 2]!;
        values[at + 1] = values[at - 1]!;
      }
      indices[at] = place;
      values[at + 1] = value;
      count += 1;
    }
    out.counts[row] = count;
    out.given[row] = 1;
    return true;
  }

  #addBall({ ballVisible, ballX, ballY, opponentTop, agentTop }: Scene, value: number): void {
    if (!ballVisible) return;
    const { step, top } = this.#mask;
    const end = this.#lineFrom(Math.min(FIELD_END, ballY + BALL_HEIGHT));
    for (let line = this.#lineFrom(Math.max(FIELD_TOP, ballY)); line < end; line++) {
      const y = top + line * step;
      for (let column = Math.ceil(ballX / step); column * step < Math.min(WIDTH, ballX + BALL_WIDTH); column++) {
        const x = column * step;
        const covered = isInPaddle(x - OPPONENT_X, y - opponentTop) || isInPaddle(x - AGENT_X, y - agentTop);
        if (!covered) this.#addAt(line * this.#columns + column, value);
      }
    }
  }

  /** Adds a paddle in its new place and subtracts it in its old one, but for the lines of both. */
  #movePaddle(x: number, top: number, before: number): void {
    if (top === before) return;
    const [from, to] = [this.#firstLine(top), this.#endLine(top)];
    const [oldFrom, oldTo] = [this.#firstLine(before), this.#endLine(before)];
    this.#addLines(x, from, Math.min(to, oldFrom), 1);
    this.#addLines(x, Math.max(from, oldTo), to, 1);
    this.#addLines(x, oldFrom, Math.min(oldTo, from), -1);
    this.#addLines(x, Math.max(oldFrom, to), oldTo, -1);
  }

  /** Adds to the lines from `from` to before `to` of a paddle. */
  #addLines(x: number, from: number, to: number, value: number): void {
    const { step } = this.#mask;
    const end = Math.ceil((x + PADDLE_WIDTH) / step);
    for (let line = from; line < to; line++) {
      for (let column = Math.ceil(x / step); column < end; column++) this.#addAt(line * this.#columns + column, value);
    }
  }

  #addAt(place: number, value: number): void {
    this.#out[this.#offset + place]! += value;
    this.#changed[this.#changes] = place;
    this.#changes += 1;
  }

  /** The first line of a paddle, and the one behind its last. */
  #firstLine(top: number): number {
    return this.#lineFrom(Math.max(FIELD_TOP, top));
  }

  #endLine(top: number): number {
    return this.#lineFrom(Math.min(FIELD_END, top + PADDLE_HEIGHT));
  }

  /** The first line of the mask in or below a row of the picture. */
  #lineFrom(row: number): number {
    return Math.max(0, Math.ceil((row - this.#mask.top) / this.#mask.step));
  }
}

function isInPaddle(x: number, y: number): boolean {
  return x >= 0 && x < PADDLE_WIDTH && y >= 0 && y < PADDLE_HEIGHT;
}
