import { cos, type Picture, sin } from '@pg/core';
import { blankPicture } from '../rendering/blank-picture.js';
import type { Color } from '../rendering/color.js';
import { fillDisc } from '../rendering/fill-disc.js';
import { fillRectangle } from '../rendering/fill-rectangle.js';
import { strokeLine } from '../rendering/stroke-line.js';
import { X_THRESHOLD } from './dynamics.js';

const WIDTH = 600;
const HEIGHT = 400;
/** Pixels a metre: the picture is as wide as the track. */
const SCALE = WIDTH / (2 * X_THRESHOLD);
const TRACK_Y = 300;
const CART = { width: 50, height: 30 };
/** The pole turns about the axle, which is this far above the middle of the cart. */
const AXLE_LIFT = CART.height / 4;
/** Thickness; the pole begins half of it below the axle. */
const POLE_WIDTH = 10;
/** As drawn: twice the length of the dynamics, which is half the pole's. */
const POLE_LENGTH = SCALE;

const WHITE: Color = [255, 255, 255];
const BLACK: Color = [0, 0, 0];
const BROWN: Color = [202, 152, 101];
const LILAC: Color = [129, 132, 203];

/**
 * CartPole as Gymnasium draws it, 600×400: a black cart on a line, a brown pole, its axle. Edges are antialiased.
 *
 * @param state - [x m, ẋ m/s, θ rad, θ̇ rad/s]; θ > 0 leans to the right
 */
export function renderCartPole(state: ArrayLike<number>): Picture {
  const picture = blankPicture({ width: WIDTH, height: HEIGHT }, WHITE);
  const x = WIDTH / 2 + state[0]! * SCALE;
  const axle = [x, TRACK_Y - AXLE_LIFT] as const;
  const right = sin(state[2]!);
  const up = cos(state[2]!);
  const alongPole = (distance: number) => [axle[0] + distance * right, axle[1] - distance * up] as const;
  fillRectangle(picture, { left: x - CART.width / 2, top: TRACK_Y - CART.height / 2, ...CART }, BLACK);
  strokeLine(picture, { from: alongPole(-POLE_WIDTH / 2), to: alongPole(POLE_LENGTH - POLE_WIDTH / 2), thickness: POLE_WIDTH }, BROWN);
  fillDisc(picture, { center: axle, radius: POLE_WIDTH / 2 }, LILAC);
  fillRectangle(picture, { left: 0, top: TRACK_Y - 1, width: WIDTH, height: 1 }, BLACK);
  return picture;
}
