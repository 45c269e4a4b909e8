import { describe, expect, test } from 'vitest';
import { flightAgreement } from '../../fixtures/breakout-trace.js';
import { POINTS } from './bricks.js';
import { BreakoutGame, type BreakoutSnapshot } from './physics.js';
import { quarterOf, speedOff } from './speeds.js';

const FULL = 2 ** 18 - 1;

/** A game in a given state, everything else as after a reset. */
function given(values: Partial<BreakoutSnapshot> = {}): BreakoutGame {
  const game = new BreakoutGame();
  game.restore({ ...game.snapshot(), ...values });
  return game;
}

/** A ball in play. */
const flying = (ballX: number, ballY: number, velocityX: number, velocityY: number, rest: Partial<BreakoutSnapshot> = {}) =>
  given({ inPlay: true, ballX, ballY, velocityX, velocityY, ...rest });

function frames(game: BreakoutGame, count: number, direction = 0, fire = false): number {
  let points = 0;
  for (let k = 0; k < count; k++) points += game.step(direction, fire);
  return points;
}

const paddleAt = (left: number) => ({ knobs: [left, left, left] as const });

test('a published game: whole flights are predicted, up from the paddle, off walls and bricks, and back', () => {
  const { flights, exact, pictures } = flightAgreement();
  // measured: 64 of 83, 853 pictures to the pixel
  expect(flights).toBe(83);
  expect(exact).toBeGreaterThanOrEqual(62);
  expect(pictures).toBeGreaterThan(800);
});

describe('serves', () => {
  test('nothing happens until the button is pressed', () => {
    const game = given();
    expect(frames(game, 1000, 1)).toBe(0);
    expect([game.inPlay, game.lives]).toEqual([false, 5]);
  });

  test.each([
    [1, 78, -1],
    [2, 80, 1],
    [3, 142, -1],
    [4, 16, 1],
    [5, 78, -1],
  ])('in frame %i: at column %i, direction %i', (frame, column, direction) => {
    const game = given();
    frames(game, frame - 1);
    game.step(0, true);
    expect(game).toMatchObject({ inPlay: true, column, row: 122, velocityX: direction, velocityY: 1 });
    frames(game, 3, 0, true);
    expect(game).toMatchObject({ column: column + 3 * direction, row: 125 });
  });
});

describe('walls', () => {
  test('left: the ball turns behind column 8', () => {
    const game = flying(8, 140, -1, 1);
    game.step(0, false);
    expect(game).toMatchObject({ column: 7, velocityX: -1 });
    game.step(0, false);
    expect(game).toMatchObject({ column: 8, velocityX: 1, velocityY: 1 });
  });

  test('right: behind column 150', () => {
    const game = flying(150, 140, 1.5, 1);
    game.step(0, false);
    expect(game).toMatchObject({ column: 151, velocityX: 1.5 });
    game.step(0, false);
    expect(game).toMatchObject({ column: 150, velocityX: -1.5 });
  });

  test('above: the ball turns, breaks bricks again, and the paddle shrinks until the ball is lost', () => {
    const game = flying(70, 36, 2, -2, { armed: false });
    frames(game, 1);
    expect(game).toMatchObject({ row: 33, velocityY: -2, small: false, paddleWidth: 16 });
    frames(game, 1);
    expect(game.velocityY).toBe(-2);
    frames(game, 1);
    expect(game).toMatchObject({ velocityY: 2, small: true, armed: true, paddleWidth: 12 });
    game.restore({ ...game.snapshot(), ballY: 199 });
    game.step(0, false);
    expect(game).toMatchObject({ inPlay: false, small: false, paddleWidth: 16, lives: 4 });
  });
});

describe('bricks', () => {
  test.each([
    [0, 7, true],
    [1, 7, true],
    [2, 4, true],
    [3, 4, false],
    [4, 1, false],
    [5, 1, false],
  ])('row %i from the top: %i points, fast after it: %s', (row, points, fast) => {
    // the rows below it are gone
    const bricks = [0, 1, 2, 3, 4, 5].map((each) => (each <= row ? FULL : 0));
    const bottom = 57 + 6 * row + 5;
    const game = flying(84, bottom + 3, -1, -1, { bricks });
    expect(POINTS[row]).toBe(points);
    expect(frames(game, 1)).toBe(0);
    expect(frames(game, 2)).toBe(points);
    expect(game).toMatchObject({ score: points, fast, armed: false });
    expect(game.velocityY).toBeCloseTo(fast ? 3.375 : 1, 10);
    expect(game.velocityX).toBe(fast ? -2 : -1);
    expect(Array.from(game.brickRows)).toEqual(bricks.map((each, i) => (i === row ? each & ~(1 << 9) : each)));
  });

  test('one alone, until the ball has touched the paddle or the upper wall', () => {
    const game = flying(84, 70, 1, 1, { armed: false });
    const before = Array.from(game.brickRows);
    expect(frames(game, 40)).toBe(0);
    expect(Array.from(game.brickRows)).toEqual(before);
    expect(game).toMatchObject({ column: 124, velocityY: 1 });
  });

  test('from above as well', () => {
    const game = flying(60, 45, 2, 3.375, { fast: true });
    expect(frames(game, 5)).toBe(7);
    expect(game.velocityY).toBe(-3.375);
    expect(game.brickRows[0]).toBe(FULL & ~(1 << Math.floor((66 - 8) / 8)));
  });

  test('a second wall, when the paddle returns the ball; then none', () => {
    const cleared = { bricks: [0, 0, 0, 0, 0, 0], score: 432, ...paddleAt(80) };
    const game = flying(84, 184, 1, 2, cleared);
    frames(game, 1);
    expect(Array.from(game.brickRows)).toEqual([0, 0, 0, 0, 0, 0]);
    frames(game, 1);
    expect(Array.from(game.brickRows)).toEqual([FULL, FULL, FULL, FULL, FULL, FULL]);
    expect(game.walls).toBe(2);
    const last = flying(84, 184, 1, 2, { ...cleared, walls: 2, score: 864 });
    frames(last, 2);
    expect([last.velocityY, last.walls, Array.from(last.brickRows)]).toEqual([-2, 2, [0, 0, 0, 0, 0, 0]].map((each, i) => (i === 0 ? -1.5 : each)));
  });

  test('both walls together are worth 864', () => {
    expect(POINTS.reduce((sum, points) => sum + 18 * points, 0) * 2).toBe(864);
  });
});

describe('the paddle', () => {
  test.each([
    [-1, 0],
    [2, 0],
    [3, 1],
    [6, 1],
    [7, 2],
    [10, 2],
    [11, 3],
    [15, 3],
  ])('the ball at column %i of it: quarter %i', (relative, quarter) => {
    expect(quarterOf(100 + relative, 100, 16)).toBe(quarter);
  });

  test.each([
    // returns, inner quarters, outer quarters
    [1, [1, 1.5], [1.5, 1]],
    [3, [1, 1.5], [1.5, 1]],
    [4, [0.5, 2], [1.5, 2]],
    [7, [0.5, 2], [1.5, 2]],
    [8, [2, 1], [2, 1]],
    [11, [2, 1], [2, 1]],
    [12, [2, 2], [2, 2]],
    [90, [2, 2], [2, 2]],
  ])('at return %i: %o, %o', (returns, inner, outer) => {
    for (const quarter of [1, 2]) expect(speedOff(quarter, returns)).toEqual({ x: inner[0], y: inner[1] });
    for (const quarter of [0, 3]) expect(speedOff(quarter, returns)).toEqual({ x: outer[0], y: outer[1] });
  });

  test.each([
    [80, 0, [-1.5, -1]],
    [84, 0, [-1, -1.5]],
    [88, 0, [1, -1.5]],
    [92, 0, [1.5, -1]],
    [92, 3, [1.5, -2]],
    [84, 11, [-2, -2]],
  ])('a ball coming down at column %i after %i returns leaves with %o', (column, returns, velocity) => {
    // the ball's lowest row meets the paddle's first, 189, when its top is at 186
    const game = flying(column - 1, 185, 1, 1, { returns, armed: false, ...paddleAt(80) });
    frames(game, 1);
    expect(game).toMatchObject({ row: 186, velocityY: 1 });
    frames(game, 1);
    expect([game.velocityX, game.velocityY]).toEqual(velocity);
    expect([game.returns, game.armed]).toEqual([returns + 1, true]);
  });

  test('a fast ball stays fast', () => {
    const game = flying(84, 186, 2, 3.375, { fast: true, returns: 2, ...paddleAt(80) });
    frames(game, 1);
    expect([game.velocityX, game.velocityY]).toEqual([-2, -3.375]);
  });

  test('a small one has 12 columns', () => {
    const returned = (width: { small: boolean }) => {
      const game = flying(93, 186, 1, 2, { ...width, ...paddleAt(80) });
      frames(game, 1);
      return game.velocityY < 0;
    };
    expect([returned({ small: false }), returned({ small: true })]).toEqual([true, false]);
  });

  test('follows the knob, 5.76 columns a frame, 1.8 frames behind; a step of four frames brings 13 columns, the next 10', () => {
    const game = given();
    expect(game.paddleLeft).toBe(99);
    frames(game, 4, 1);
    expect(game.paddleLeft).toBe(112);
    frames(game, 4);
    expect(game.paddleLeft).toBe(122);
    frames(game, 4);
    expect(game.paddleLeft).toBe(122);
  });

  test('goes from 8 to 144; the knob goes on', () => {
    const game = given();
    frames(game, 60, -1);
    expect([game.paddleLeft, game.paddle.knob]).toEqual([8, 3.5]);
    frames(game, 60, 1);
    expect([game.paddleLeft, game.paddle.knob]).toEqual([144, 194.5]);
    frames(game, 8, -1);
    expect(game.paddleLeft).toBe(144);
  });
});

test('a missed ball costs a life; the fifth ends the game', () => {
  const game = given();
  for (let lives = 4; lives >= 0; lives--) {
    expect(game.over).toBe(false);
    game.step(0, true);
    expect(game).toMatchObject({ returns: 0, fast: false, velocityY: 1 });
    game.restore({ ...game.snapshot(), ballX: 20, ballY: 198, returns: 5, fast: true });
    frames(game, 1);
    expect(game).toMatchObject({ inPlay: true, lives: lives + 1 });
    frames(game, 1);
    expect(game).toMatchObject({ inPlay: false, lives });
  }
  expect(game.over).toBe(true);
  frames(game, 10, 0, true);
  expect(game.inPlay).toBe(false);
});
