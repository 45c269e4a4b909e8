import { cos, type Picture, sin } from '@pg/core';
import { blankPicture } from '../rendering/blank-picture.js';
import type { Color } from '../rendering/color.js';
import { fillDisc } from '../rendering/fill-disc.js';
import { strokeLine } from '../rendering/stroke-line.js';

const SIDE = 500;
/** Pixels a metre: 4.4 m are seen. */
const SCALE = SIDE / 4.4;
const ROD_WIDTH = 0.2 * SCALE;
const AXLE_RADIUS = 0.05 * SCALE;

const WHITE: Color = [255, 255, 255];
const BLACK: Color = [0, 0, 0];
const RED: Color = [204, 77, 77];

/**
 * Pendulum as Gymnasium draws it, 500×500: a red rod with round ends and its black axle, without the arrow of the last torque.
 *
 * @param state - [θ rad, θ̇ rad/s]; θ = 0 is upright, θ > 0 leans to the left
 */
export function renderPendulum(state: ArrayLike<number>): Picture {
  const picture = blankPicture({ width: SIDE, height: SIDE }, WHITE);
  const axle = [SIDE / 2, SIDE / 2] as const;
  const tip = [SIDE / 2 - SCALE * sin(state[0]!), SIDE / 2 - SCALE * cos(state[0]!)] as const;
  strokeLine(picture, { from: axle, to: tip, thickness: ROD_WIDTH }, RED);
  fillDisc(picture, { center: axle, radius: ROD_WIDTH / 2 }, RED);
  fillDisc(picture, { center: tip, radius: ROD_WIDTH / 2 }, RED);
  fillDisc(picture, { center: axle, radius: AXLE_RADIUS }, BLACK);
  return picture;
}
