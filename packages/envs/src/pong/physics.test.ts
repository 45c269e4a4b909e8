import { describe, expect, test } from 'vitest';
import { agreement, readTrace } from '../../fixtures/pong-trace.js';
import { verticalSpeed } from './hits.js';
import { PongGame, type PongSnapshot } from './physics.js';

/** A rally with the given values, everything else as after 80 frames without an action. */
function rally(values: Partial<PongSnapshot>, opponent?: 'perfect'): PongGame {
  const game = new PongGame(opponent);
  for (let k = 0; k < 80; k++) game.step(0, false);
  game.restore({ ...game.snapshot(), ...values });
  return game;
}

function frames(game: PongGame, count: number, direction = 0, fire = false): number {
  let reward = 0;
  for (let k = 0; k < count; k++) reward += game.step(direction, fire);
  return reward;
}

describe('published games', () => {
  const games = Object.entries(readTrace());

  test.each(games)('%s: ball and opponent are predicted from picture to picture', (name, game) => {
    const { rallies, serves } = agreement(game);
    // measured: 696 of 699 and 11 of 11, 93 of 94 and 3 of 3
    expect(rallies.exact / rallies.predictions).toBeGreaterThanOrEqual(0.985);
    expect(rallies.predictions).toBeGreaterThan(name === 'dqn' ? 650 : 85);
    expect(serves).toEqual({ predictions: name === 'dqn' ? 11 : 3, exact: name === 'dqn' ? 11 : 3 });
  });

  test('both together: 99.4 % and more', () => {
    const all = games.map(([, game]) => agreement(game).rallies);
    const sum = (key: 'exact' | 'predictions') => all.reduce((total, part) => total + part[key], 0);
    expect(sum('exact') / sum('predictions')).toBeGreaterThanOrEqual(0.994);
  });
});

describe('serves', () => {
  test('the first comes 58 frames after the reset, to the left and down', () => {
    const game = new PongGame();
    frames(game, 57);
    expect(game.ballVisible).toBe(false);
    frames(game, 1);
    expect(game).toMatchObject({ ballVisible: true, ballX: 79, ballY: 114, velocityX: -1, velocityY: 1, opponentTop: 113 });
    frames(game, 4);
    expect(game).toMatchObject({ ballX: 75, ballY: 118, opponentTop: 117 });
  });

  test.each([
    ['the agent misses', { ballX: 154, velocityX: 1, velocityY: -2 }, { reward: -1, velocityX: 1, velocityY: -1 }],
    ['the opponent misses', { ballX: 5, velocityX: -2, velocityY: 2 }, { reward: 1, velocityX: -1, velocityY: 1 }],
    ['a level ball keeps the direction before', { ballX: 154, velocityX: 2, velocityY: 0, lastVertical: -1 }, { reward: -1, velocityX: 1, velocityY: -1 }],
  ])('%s: a point two frames later, a serve to the same side 63 frames later', (_, values, expected) => {
    const game = rally({ ballY: 100, opponentTop: 41, ...values });
    while (game.serveIn === 0) expect(game.step(0, false)).toBe(0);
    const place = [game.ballX, game.ballY];
    expect(frames(game, 1)).toBe(0);
    expect([game.ballX, game.ballY, game.ballVisible]).toEqual([...place, true]);
    expect(frames(game, 1)).toBe(expected.reward);
    expect([game.ballVisible, game.opponentScore, game.agentScore]).toEqual([false, expected.reward < 0 ? 1 : 0, expected.reward > 0 ? 1 : 0]);
    expect(frames(game, 60)).toBe(0);
    expect(game.ballVisible).toBe(false);
    frames(game, 1);
    expect(game).toMatchObject({ ballX: 79, ballY: 114, velocityX: expected.velocityX, velocityY: expected.velocityY, opponentTop: 113 });
  });

  test('goal lines: columns 3 and 156', () => {
    const left = rally({ ballX: 5, ballY: 100, velocityX: -1, velocityY: 0, opponentTop: 41 });
    frames(left, 1);
    expect([left.ballX, left.serveIn]).toEqual([4, 0]);
    frames(left, 1);
    expect([left.ballX, left.serveIn]).toEqual([3, 63]);
    const right = rally({ ballX: 154, ballY: 100, velocityX: 1, velocityY: 0 });
    frames(right, 1);
    expect([right.ballX, right.serveIn]).toEqual([155, 0]);
    frames(right, 1);
    expect([right.ballX, right.serveIn]).toEqual([156, 63]);
  });
});

describe('walls', () => {
  test.each([
    [{ ballY: 33, velocityY: -2 }, 31, -2],
    [{ ballY: 31, velocityY: -2 }, 34, 2],
    [{ ballY: 30, velocityY: -1 }, 32, 1],
    [{ ballY: 31, velocityY: 1 }, 32, 1],
    [{ ballY: 191, velocityY: 2 }, 193, 2],
    [{ ballY: 192, velocityY: 2 }, 189, -2],
    [{ ballY: 193, velocityY: 1 }, 191, -1],
    [{ ballY: 192, velocityY: 0 }, 192, 0],
  ])('from %o to row %i', (values, ballY, velocityY) => {
    const game = rally({ ballX: 80, velocityX: 1, ...values });
    frames(game, 1);
    expect(game).toMatchObject({ ballX: 81, ballY, velocityX: 1, velocityY });
  });
});

describe('hits', () => {
  test('the vertical speed of each row of a paddle', () => {
    const speeds = Array.from({ length: 19 }, (_, i) => verticalSpeed(i - 3));
    expect(speeds).toEqual([-2, -2, -2, -2, -2, -1, -1, -1, -1, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2]);
  });

  test('what overlaps in one picture flies away in the next; speed stays', () => {
    const game = rally({ ballX: 18, ballY: 100, velocityX: -3, velocityY: 1, opponentTop: 97 });
    frames(game, 1);
    expect(game).toMatchObject({ ballX: 21, ballY: 99, velocityX: 3, velocityY: -1 });
    const away = rally({ ballX: 18, ballY: 100, velocityX: 1, velocityY: 1, opponentTop: 97 });
    frames(away, 1);
    expect(away).toMatchObject({ ballX: 19, ballY: 101, velocityX: 1, velocityY: 1 });
  });

  test.each([
    [138, 100, 96, false],
    [139, 100, 96, true],
    [143, 100, 96, true],
    [144, 100, 96, false],
    [140, 93, 96, true],
    [140, 92, 96, false],
    [140, 111, 96, true],
    [140, 112, 96, false],
  ])('ball at (%i, %i), agent at %i: %o', (ballX, ballY, agentTop, hit) => {
    const game = rally({ ballX, ballY, velocityX: 1, velocityY: 0, agentTop });
    frames(game, 1);
    expect(game.velocityX).toBe(hit ? -1 : 1);
  });

  test('what a wall hides does not collide', () => {
    const hidden = rally({ ballX: 140, ballY: 30, velocityX: 1, velocityY: 1, agentTop: 24 });
    frames(hidden, 1);
    expect(hidden.velocityX).toBe(1);
    const shown = rally({ ballX: 140, ballY: 31, velocityX: 1, velocityY: 1, agentTop: 24 });
    frames(shown, 1);
    expect(shown).toMatchObject({ velocityX: -1, velocityY: 0 });
  });

  test('the button adds one for each frame of overlap, up to 4', () => {
    const game = rally({ ballX: 143, ballY: 104, velocityX: 1, velocityY: 0, agentTop: 94, knob: 94.5, place: 94.5 });
    frames(game, 1, 0, true);
    expect(game).toMatchObject({ velocityX: -2, ballX: 141 });
    frames(game, 1, 0, true);
    expect(game).toMatchObject({ velocityX: -3, ballX: 138 });
    frames(game, 1, 0, true);
    expect(game).toMatchObject({ velocityX: -3, ballX: 135 });
    const fast = rally({ ballX: 140, ballY: 104, velocityX: 4, velocityY: 0, agentTop: 94 });
    frames(fast, 1, 0, true);
    expect(fast.velocityX).toBe(-4);
  });
});

describe('the opponent', () => {
  test('two rows a frame towards the ball, resting in frames 1, 9, 17, …', () => {
    const game = rally({ ballX: 60, ballY: 110, velocityX: 1, velocityY: 0, opponentTop: 51, frame: 0 });
    const moves = Array.from({ length: 16 }, () => {
      const before = game.opponentTop;
      frames(game, 1);
      return game.opponentTop - before;
    });
    expect(moves).toEqual([2, 0, 2, 2, 2, 2, 2, 2, 2, 0, 2, 2, 2, 2, 2, 2]);
  });

  test('rests a row above the ball', () => {
    const game = rally({ ballX: 60, ballY: 110, velocityX: 1, velocityY: 0, opponentTop: 109 });
    frames(game, 5);
    expect(game.opponentTop).toBe(109);
  });

  test('the perfect one is never passed', () => {
    const game = new PongGame('perfect');
    for (let k = 0; k < 20_000 && !game.over; k++) {
      // follow the ball, so that rallies last and are fast
      game.step(Math.sign(game.ballY - game.agentTop - ((k >> 9) % 16)), true);
    }
    expect(game.agentScore).toBe(0);
    expect(game.frame).toBeGreaterThan(5000);
  });
});

describe("the agent's paddle", () => {
  test('a tap of four frames moves it by 23 rows in the end', () => {
    const game = new PongGame();
    const tops = [4, 4, 4, 40].map((count, i) => {
      frames(game, count, i === 0 ? 1 : 0);
      return game.agentTop - 94;
    });
    // 11.2, 19.3 and 21.9 rows from 94.5 on
    expect(tops).toEqual([12, 20, 22, 24]);
    expect(game.paddle.place).toBeCloseTo(94.5 + 4 * 5.76, 3);
  });

  test('stops at the edges; at the top the knob has turned too far', () => {
    const game = new PongGame();
    frames(game, 60, -1);
    expect([game.agentTop, game.paddle.knob]).toEqual([24, -1]);
    frames(game, 4, 1);
    expect(game.agentTop).toBe(24);
    frames(game, 80, 1);
    expect([game.agentTop, game.paddle.knob]).toEqual([190, 190]);
    frames(game, 4, -1);
    expect(game.agentTop).toBeLessThan(182);
  });
});

test('a snapshot goes on as the game did', () => {
  const game = rally({});
  frames(game, 333, 1);
  const copy = new PongGame();
  copy.restore(JSON.parse(JSON.stringify(game.snapshot())));
  for (let k = 0; k < 2000 && !game.over; k++) {
    expect(copy.step(Math.sign((k % 60) - 30), k % 3 === 0)).toBe(game.step(Math.sign((k % 60) - 30), k % 3 === 0));
    if (k % 50 === 0) expect(copy.snapshot()).toEqual(game.snapshot());
  }
});
