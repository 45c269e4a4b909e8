import type { DtypeArray } from '@pg/core';
import { Canvas, type Sprite, sprite } from '../atari/canvas.js';
import type { Cell } from '../atari/digits.js';
import type { emptyPicture } from './empty-picture.js';
import { AGENT_X, BALL_HEIGHT, BALL_WIDTH, FIELD_END, FIELD_TOP, OPPONENT_X, PADDLE_HEIGHT, PADDLE_WIDTH, SCORES_END, WIDTH } from './geometry.js';
import type { Colors } from './palette.js';
import { WINNING_SCORE } from './physics.js';
import type { Scene } from './scene.js';
import { CELL, scoreCells } from './score-cells.js';

const OPPONENT_DIGITS = scoreCells({ ones: 36, tens: 20 }, WINNING_SCORE);
const AGENT_DIGITS = scoreCells({ ones: 116, tens: 100 }, WINNING_SCORE);

/** Draws pictures in one set of colours. What does not move is copied; the scores are kept from the last picture while they stay. */
export class Painter {
  readonly #ball: Sprite;
  readonly #opponent: Sprite;
  readonly #agent: Sprite;
  readonly #opponentCell: Sprite;
  readonly #agentCell: Sprite;
  readonly #field: Canvas;
  readonly #scores: Canvas;
  /** The rows with the scores, without them and as last drawn, and those below. */
  readonly #unscored: Uint8Array;
  readonly #scored: Uint8Array;
  readonly #below: Uint8Array;
  #opponentScore = -1;
  #agentScore = -1;

  /** @param empty - {@link emptyPicture} in these colours; painters may share it */
  constructor({ wall, opponent, agent }: Colors, empty: Uint8Array) {
    const channels = wall.length;
    const above = SCORES_END * WIDTH * channels;
    this.#ball = sprite(wall, BALL_WIDTH, BALL_HEIGHT);
    this.#opponent = sprite(opponent, PADDLE_WIDTH, PADDLE_HEIGHT);
    this.#agent = sprite(agent, PADDLE_WIDTH, PADDLE_HEIGHT);
    this.#opponentCell = sprite(opponent, CELL, CELL);
    this.#agentCell = sprite(agent, CELL, CELL);
    this.#field = new Canvas(channels, { rows: [FIELD_TOP, FIELD_END], columns: [0, WIDTH] });
    this.#scores = new Canvas(channels, { rows: [0, SCORES_END], columns: [0, WIDTH] });
    this.#unscored = empty.slice(0, above);
    this.#scored = new Uint8Array(above);
    this.#below = empty.subarray(above);
    this.#scores.pixels = this.#scored;
  }

  /**
   * Draws a scene. Hot: no allocation.
   *
   * @param scene - what to draw
   * @param out - where to write, flat [210, 160, channels], 0 to 255
   * @param offset - where in `out` the picture begins
   */
  draw(scene: Scene, out: DtypeArray, offset: number): void {
    if (scene.opponentScore !== this.#opponentScore || scene.agentScore !== this.#agentScore) this.#writeScores(scene);
    out.set(this.#scored, offset);
    out.set(this.#below, offset + this.#scored.length);
    const field = this.#field;
    field.pixels = out;
    field.offset = offset;
    field.draw(this.#opponent, OPPONENT_X, scene.opponentTop);
    field.draw(this.#agent, AGENT_X, scene.agentTop);
    // above the paddles: no published picture shows which of them is hidden
    if (scene.ballVisible) field.draw(this.#ball, scene.ballX, scene.ballY);
  }

  #writeScores({ opponentScore, agentScore }: Scene): void {
    this.#scored.set(this.#unscored);
    this.#drawCells(this.#opponentCell, OPPONENT_DIGITS[opponentScore]!);
    this.#drawCells(this.#agentCell, AGENT_DIGITS[agentScore]!);
    this.#opponentScore = opponentScore;
    this.#agentScore = agentScore;
  }

  #drawCells(cell: Sprite, places: readonly Cell[]): void {
    for (const { x, y } of places) this.#scores.draw(cell, x, y);
  }
}
