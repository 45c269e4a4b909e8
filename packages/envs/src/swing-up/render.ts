import { cos, type Picture, sin } from '@pg/core';
import { blankPicture } from '../rendering/blank-picture.js';
import type { Color } from '../rendering/color.js';
import { fillDisc } from '../rendering/fill-disc.js';
import { fillRectangle } from '../rendering/fill-rectangle.js';
import { strokeLine } from '../rendering/stroke-line.js';
import { LENGTH, X_THRESHOLD } from './dynamics.js';

const WIDTH = 600;
const HEIGHT = 400;
/** Pixels a metre: 6 m are seen, the track and a pole that lies beyond its end. */
const SCALE = WIDTH / 6;
const CART_Y = HEIGHT / 2;
/** 1/3 m × 1/6 m. */
const CART = { width: SCALE / 3, height: SCALE / 6 };
const WHEEL_RADIUS = CART.height / 4;
/** 5 cm. */
const POLE_WIDTH = SCALE * 0.05;
/** The middle of the track, a line of one pixel: its sides are whole numbers. */
const TRACK_Y = CART_Y + CART.height / 2 + WHEEL_RADIUS;

const WHITE: Color = [255, 255, 255];
const BLACK: Color = [0, 0, 0];
const GRAY: Color = [120, 120, 120];
const BROWN: Color = [202, 152, 101];
const LILAC: Color = [129, 132, 203];

/**
 * CartPoleSwingUp, 600×400: a black cart on wheels in the middle of the picture, the track with a stop at either end, and the pole,
 * which turns all the way round the cart's middle.
 *
 * @param state - [x m, ẋ m/s, θ rad, θ̇ rad/s]; θ = 0 is upright, θ > 0 leans to the right
 */
export function renderSwingUp(state: ArrayLike<number>): Picture {
  const picture = blankPicture({ width: WIDTH, height: HEIGHT }, WHITE);
  const x = WIDTH / 2 + state[0]! * SCALE;
  drawTrack(picture);
  fillRectangle(picture, { left: x - CART.width / 2, top: CART_Y - CART.height / 2, ...CART }, BLACK);
  for (const side of [-1, 1]) {
    fillDisc(picture, { center: [x + side * (CART.width / 2 - WHEEL_RADIUS), TRACK_Y - WHEEL_RADIUS], radius: WHEEL_RADIUS }, GRAY);
  }
  const length = LENGTH * SCALE;
  const tip = [x + length * sin(state[2]!), CART_Y - length * cos(state[2]!)] as const;
  strokeLine(picture, { from: [x, CART_Y], to: tip, thickness: POLE_WIDTH }, BROWN);
  fillDisc(picture, { center: tip, radius: POLE_WIDTH / 2 }, BROWN);
  fillDisc(picture, { center: [x, CART_Y], radius: POLE_WIDTH / 2 }, LILAC);
  return picture;
}

function drawTrack(picture: Picture): void {
  const end = X_THRESHOLD * SCALE;
  fillRectangle(picture, { left: WIDTH / 2 - end, top: TRACK_Y - 0.5, width: 2 * end, height: 1 }, BLACK);
  for (const side of [-1, 1]) fillRectangle(picture, { left: WIDTH / 2 + side * end - 1, top: TRACK_Y - 8.5, width: 2, height: 9 }, BLACK);
}
