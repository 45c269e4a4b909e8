import type { DtypeArray, SparseRows } from '@pg/core';
import { AGENT_X, BALL_HEIGHT, BALL_WIDTH, FIELD_END, FIELD_TOP, OPPONENT_X, PADDLE_HEIGHT, PADDLE_WIDTH, WIDTH } from '../geometry.js';
import type { Scene } from '../scene.js';
import { type Mask, maskColumns, maskRows } from './mask.js';

/** The most numbers that the sprites of two scenes can change, were every pixel looked at. */
const MOST_CHANGES = 2 * (2 * PADDLE_WIDTH * PADDLE_HEIGHT + BALL_WIDTH * BALL_HEIGHT);

/** Columns of a mask: the first, and the one behind the last. */
interface Columns {
  readonly first: number;
  readonly end: number;
}

/** A mask inside an array, to which the ones of scenes are added without drawing them. */
export class MaskCanvas {
  /** How many numbers the mask has. */
  readonly size: number;
  readonly #mask: Mask;
  readonly #columns: number;
  readonly #opponent: Columns;
  readonly #agent: Columns;
  /** A mask of its own, zero between two lists. */
  readonly #own: Float32Array;
  /** Where something was added since the canvas was cleared or opened; places may repeat. */
  readonly #changed = new Int32Array(MOST_CHANGES);
  #changes = 0;
  /** Where the changes of the agent's paddle begin among them, and those of the ball. */
  #agentFrom = 0;
  #ballFrom = 0;
  #out: DtypeArray;
  #offset = 0;

  constructor(mask: Mask) {
    this.#mask = mask;
    this.#columns = maskColumns(mask);
    this.size = maskRows(mask) * this.#columns;
    this.#opponent = paddleColumns(mask, OPPONENT_X);
    this.#agent = paddleColumns(mask, AGENT_X);
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
    this.#movePaddle(this.#opponent, scene.opponentTop, before.opponentTop);
    this.#agentFrom = this.#changes;
    this.#movePaddle(this.#agent, scene.agentTop, before.agentTop);
    this.#ballFrom = this.#changes;
    this.#addBall(scene, 1);
    this.#addBall(before, -1);
  }

  /** Adds `value` wherever the scene is not background: once where sprites overlap. Hot: no allocation. */
  add(scene: Scene, value: number): void {
    this.#addLines(this.#opponent, this.#firstLine(scene.opponentTop), this.#endLine(scene.opponentTop), value);
    this.#addLines(this.#agent, this.#firstLine(scene.agentTop), this.#endLine(scene.agentTop), value);
    this.#addBall(scene, value);
  }

  /** Adds `value` everywhere. */
  addToAll(value: number): void {
    for (let i = this.#offset; i < this.#offset + this.size; i++) this.#out[i]! += value;
  }

  /**
   * Moves the difference that was added since {@link open} to a list; says whether it has room. Changes of each paddle come from the top
   * down: those of both are merged, the few of the ball put between them. Hot: no allocation.
   */
  writeList(out: SparseRows, row: number): boolean {
    if (this.#changes > out.capacity) {
      this.#own.fill(0);
      return false;
    }
    const changed = this.#changed;
    const start = 2 * row * out.capacity;
    let count = 0;
    let [opponent, agent] = [0, this.#agentFrom];
    while (opponent < this.#agentFrom || agent < this.#ballFrom) {
      const isOpponent = agent === this.#ballFrom || (opponent < this.#agentFrom && changed[opponent]! < changed[agent]!);
      count += this.#putEntry(out, start + 2 * count, isOpponent ? changed[opponent++]! : changed[agent++]!);
    }
    for (let i = this.#ballFrom; i < this.#changes; i++) count += this.#insertEntry(out, [start, start + 2 * count], changed[i]!);
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

  /** Adds a paddle in its new place and subtracts it in its old one, but for the lines of both; from the top down. */
  #movePaddle(paddle: Columns, top: number, before: number): void {
    if (top === before) return;
    const [upper, lower] = [Math.min(top, before), Math.max(top, before)];
    const value = top < before ? 1 : -1;
    const middle = this.#endLine(upper);
    const first = this.#firstLine(lower);
    this.#addLines(paddle, this.#firstLine(upper), Math.min(middle, first), value);
    this.#addLines(paddle, Math.max(middle, first), this.#endLine(lower), -value);
  }

  /** Adds to the lines from `from` to before `to` of a paddle. */
  #addLines({ first, end }: Columns, from: number, to: number, value: number): void {
    for (let line = from; line < to; line++) {
      for (let column = first; column < end; column++) this.#addAt(line * this.#columns + column, value);
    }
  }

  #addAt(place: number, value: number): void {
    this.#out[this.#offset + place]! += value;
    this.#changed[this.#changes] = place;
    this.#changes += 1;
  }

  /** Takes what was added at a place, writes it as an entry, and says how many entries that are: none where nothing is left of it. */
  #putEntry({ indices, values }: SparseRows, at: number, place: number): number {
    const value = this.#own[place]!;
    if (value === 0) return 0;
    this.#own[place] = 0;
    indices[at] = place;
    values[at + 1] = value;
    return 1;
  }

  /** As {@link #putEntry}, among the entries of a list so far. */
  #insertEntry(out: SparseRows, [start, end]: readonly [number, number], place: number): number {
    const { indices, values } = out;
    if (this.#own[place] === 0) return 0;
    let at = end;
    for (; at > start && indices[at - 2]! > place; at -= 2) {
      indices[at] = indices[at - 2]!;
      values[at + 1] = values[at - 1]!;
    }
    return this.#putEntry(out, at, place);
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

function paddleColumns({ step }: Mask, x: number): Columns {
  return { first: Math.ceil(x / step), end: Math.ceil((x + PADDLE_WIDTH) / step) };
}

function isInPaddle(x: number, y: number): boolean {
  return x >= 0 && x < PADDLE_WIDTH && y >= 0 && y < PADDLE_HEIGHT;
}
