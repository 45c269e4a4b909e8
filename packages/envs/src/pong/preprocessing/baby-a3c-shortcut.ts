import { BilinearResizer, createElements, type DtypeArray, type Stage } from '@pg/core';
import { Canvas, type Sprite, sprite } from '../../atari/canvas.js';
import type { Shortcut } from '../../env/dynamics.js';
import { AGENT_X, BALL_HEIGHT, BALL_WIDTH, FIELD_END, HEIGHT, OPPONENT_X, PADDLE_HEIGHT, PADDLE_WIDTH, WIDTH } from '../geometry.js';
import { Painter } from '../painter.js';
import type { Colors } from '../palette.js';
import type { PongGame } from '../physics.js';
import { RESET_SCENE, type Scene } from '../scene.js';
import type { ScreenColors } from '../screen.js';
import { isStretched, MEAN_ROWS, MEAN_TOP, meanStage } from './baby-a3c.js';

const SMALL = 80;
const OUT_OF_SIGHT = -PADDLE_HEIGHT;
/** A picture without sprites, and one with all of them apart, from row 100 on. */
const EMPTY: Scene = { ballVisible: false, ballX: 0, ballY: 0, opponentTop: OUT_OF_SIGHT, agentTop: OUT_OF_SIGHT, opponentScore: 0, agentScore: 0 };
const SAMPLE: Scene = { ...EMPTY, ballVisible: true, ballX: 80, ballY: 100, opponentTop: 100, agentTop: 100 };

/** The way around `babyA3cFrames` directly behind Pong: only what sprites touch is resized again. */
export function babyA3cShortcut(stages: readonly Stage[], game: PongGame, colors: ScreenColors): Shortcut | undefined {
  const [stage] = stages;
  const stretch = stage && isStretched(stage);
  return stage === undefined || stretch === undefined ? undefined : new BabyA3cShortcut(stage, stretch, { game, colors });
}

/** Remembers nothing: what is seen follows from the game alone. */
class BabyA3cShortcut implements Shortcut {
  readonly stages = 1;
  readonly #game: PongGame;
  /** What the stage gives at a reset, and in play without sprites. */
  readonly #atReset: DtypeArray;
  readonly #empty: DtypeArray;
  /** The picture before it is resized, `[160, 160]`, without sprites between two observations; and after, where sprites are. */
  readonly #canvas = new Canvas(1, { rows: [MEAN_TOP, FIELD_END], columns: [0, WIDTH] });
  readonly #small = new Uint8Array(SMALL * SMALL);
  readonly #resizer = new BilinearResizer({ rows: MEAN_ROWS, columns: WIDTH, channels: 1, height: SMALL, width: SMALL, dtype: 'uint8' });
  readonly #opponent: Sprite;
  readonly #agent: Sprite;
  readonly #ball: Sprite;
  readonly #noPaddle: Sprite;
  readonly #noBall: Sprite;

  constructor(stage: Stage, stretch: boolean, { game, colors }: { readonly game: PongGame; readonly colors: ScreenColors }) {
    this.#game = game;
    this.#atReset = seen(stage, RESET_SCENE, { colors: colors.reset, empty: colors.emptyReset });
    const play = { colors: colors.play, empty: colors.emptyPlay };
    this.#empty = seen(stage, EMPTY, play);
    this.#canvas.pixels = seen(meanStage(stretch), EMPTY, play);
    this.#canvas.offset = -MEAN_TOP * WIDTH;
    const sample = seen(meanStage(stretch), SAMPLE, play);
    const byteAt = (column: number, row: number) => [sample[(row - MEAN_TOP) * WIDTH + column]!];
    this.#opponent = sprite(byteAt(OPPONENT_X, 100), PADDLE_WIDTH, PADDLE_HEIGHT);
    this.#agent = sprite(byteAt(AGENT_X, 100), PADDLE_WIDTH, PADDLE_HEIGHT);
    this.#ball = sprite(byteAt(80, 100), BALL_WIDTH, BALL_HEIGHT);
    this.#noPaddle = sprite(byteAt(60, 100), PADDLE_WIDTH, PADDLE_HEIGHT);
    this.#noBall = sprite(byteAt(60, 100), BALL_WIDTH, BALL_HEIGHT);
  }

  begin(): void {}

  step(): void {}

  observe(out: DtypeArray, offset: number): void {
    if (this.#game.frame === 0) out.set(this.#atReset, offset);
    else this.#observePlay(out, offset);
  }

  #observePlay(out: DtypeArray, offset: number): void {
    const { ballVisible, ballX, ballY, opponentTop, agentTop } = this.#game;
    const canvas = this.#canvas;
    out.set(this.#empty, offset);
    canvas.draw(this.#opponent, OPPONENT_X, opponentTop);
    canvas.draw(this.#agent, AGENT_X, agentTop);
    if (ballVisible) canvas.draw(this.#ball, ballX, ballY);
    this.#resize(this.#opponent, { x: OPPONENT_X, y: opponentTop }, { out, offset });
    this.#resize(this.#agent, { x: AGENT_X, y: agentTop }, { out, offset });
    if (ballVisible) this.#resize(this.#ball, { x: ballX, y: ballY }, { out, offset });
    canvas.draw(this.#noPaddle, OPPONENT_X, opponentTop);
    canvas.draw(this.#noPaddle, AGENT_X, agentTop);
    if (ballVisible) canvas.draw(this.#noBall, ballX, ballY);
  }

  /** Resizes what a sprite has a part in, and writes it as numbers from 0 to 1. */
  #resize({ width, height }: Sprite, { x, y }: { x: number; y: number }, { out, offset }: { out: DtypeArray; offset: number }): void {
    const top = Math.max(y, MEAN_TOP) - MEAN_TOP;
    const end = Math.min(y + height, FIELD_END) - MEAN_TOP;
    if (top >= end) return;
    const region = this.#resizer.touchedBy({ top, end, left: x, right: Math.min(x + width, WIDTH) });
    this.#resizer.applyRegion(this.#canvas.pixels, this.#small, region);
    for (let row = region.top; row < region.end; row++) {
      for (let at = row * SMALL + region.left; at < row * SMALL + region.right; at++) out[offset + at] = this.#small[at]! / 255;
    }
  }

  snapshot(): undefined {}

  restore(): void {}
}

/** What a stage without memory gives for a scene. */
function seen(stage: Stage, scene: Scene, { colors, empty }: { readonly colors: Colors; readonly empty: Uint8Array }): DtypeArray {
  const picture = new Uint8Array(HEIGHT * WIDTH * 3);
  new Painter(colors, empty).draw(scene, picture, 0);
  const output = createElements(stage.space);
  stage.create().apply(picture, output, true);
  return output;
}
