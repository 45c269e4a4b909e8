import { cos, type Picture, sin } from '@pg/core';
import { blankPicture } from '../rendering/blank-picture.js';
import type { Color } from '../rendering/color.js';
import { fillDisc } from '../rendering/fill-disc.js';
import { fillPolygon } from '../rendering/fill-polygon.js';
import { fillRectangle } from '../rendering/fill-rectangle.js';
import type { Point } from '../rendering/point.js';
import { strokeLine } from '../rendering/stroke-line.js';
import { MAX_POSITION, MIN_POSITION } from './dynamics.js';

const WIDTH = 600;
const HEIGHT = 400;
/** Pixels a unit of position: the picture is as wide as the track. */
const SCALE = WIDTH / (MAX_POSITION - MIN_POSITION);
/** Straight pieces of the hill. */
const PIECES = 99;
const CAR = { width: 40, height: 20 };
/** The car's floor and the middles of its wheels, above the hill. */
const CLEARANCE = 10;
const WHEEL_RADIUS = 8;
const POLE_HEIGHT = 50;

const WHITE: Color = [255, 255, 255];
const BLACK: Color = [0, 0, 0];
const GRAY: Color = [128, 128, 128];
const YELLOW: Color = [204, 204, 0];

/**
 * Both mountain cars as Gymnasium draws them, 600×400: the hill, the car on its wheels, and a flag at the goal.
 *
 * @param state - [position, …]
 * @param goal - the position of the flag
 */
export function renderMountainCar(state: ArrayLike<number>, goal: number): Picture {
  const picture = blankPicture({ width: WIDTH, height: HEIGHT }, WHITE);
  for (let i = 0; i < PIECES; i++) strokeLine(picture, { from: hill(i / PIECES), to: hill((i + 1) / PIECES), thickness: 1 }, BLACK);
  drawCar(picture, state[0]!);
  const [x, y] = onHill(goal);
  const left = Math.floor(x);
  const top = Math.ceil(y) - POLE_HEIGHT;
  fillRectangle(picture, { left, top, width: 1, height: POLE_HEIGHT }, BLACK);
  const flag: readonly Point[] = [
    [left + 1, top],
    [left + 1, top + 10],
    [left + 26, top + 5],
  ];
  fillPolygon(picture, flag, YELLOW);
  return picture;
}

function drawCar(picture: Picture, position: number): void {
  const [x, y] = onHill(position);
  // as Gymnasium turns it: by the cosine, which is near the slope's angle
  const angle = cos(3 * position);
  const [along, up] = [cos(angle), sin(angle)];
  const at = (right: number, above: number): Point => [x + right * along - above * up, y - CLEARANCE - right * up - above * along];
  const side = CAR.width / 2;
  fillPolygon(picture, [at(-side, 0), at(-side, CAR.height), at(side, CAR.height), at(side, 0)], BLACK);
  for (const right of [side / 2, -side / 2]) fillDisc(picture, { center: at(right, 0), radius: WHEEL_RADIUS }, GRAY);
}

/** A point of the hill, from its left end at 0 to its right end at 1. */
function hill(part: number): Point {
  return onHill(MIN_POSITION + part * (MAX_POSITION - MIN_POSITION));
}

/** The hill is 0.45·sin 3x + 0.55 high. */
function onHill(position: number): Point {
  return [(position - MIN_POSITION) * SCALE, HEIGHT - (0.45 * sin(3 * position) + 0.55) * SCALE];
}
