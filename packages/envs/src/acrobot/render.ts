import { cos, type Picture, sin } from '@pg/core';
import { blankPicture } from '../rendering/blank-picture.js';
import type { Color } from '../rendering/color.js';
import { fillDisc } from '../rendering/fill-disc.js';
import { fillRectangle } from '../rendering/fill-rectangle.js';
import { strokeLine } from '../rendering/stroke-line.js';

const SIDE = 500;
/** Pixels a metre: the two links, 1 m each, and 0.2 m more on every side. */
const SCALE = SIDE / 4.4;
const LINK_WIDTH = 0.2 * SCALE;

const WHITE: Color = [255, 255, 255];
const BLACK: Color = [0, 0, 0];
const CYAN: Color = [0, 204, 204];
const YELLOW: Color = [204, 204, 0];

/**
 * Acrobot as Gymnasium draws it, 500×500: two links with their joints, and the line that the free end has to cross.
 *
 * @param state - [θ₁ rad, θ₂ rad, θ̇₁ rad/s, θ̇₂ rad/s]; θ₁ = 0 hangs down, θ > 0 turns to the right
 */
export function renderAcrobot(state: ArrayLike<number>): Picture {
  const picture = blankPicture({ width: SIDE, height: SIDE }, WHITE);
  fillRectangle(picture, { left: 0, top: Math.round(SIDE / 2 - SCALE), width: SIDE, height: 1 }, BLACK);
  let joint: readonly [number, number] = [SIDE / 2, SIDE / 2];
  for (const angle of [state[0]!, state[0]! + state[1]!]) {
    const end = [joint[0] + SCALE * sin(angle), joint[1] + SCALE * cos(angle)] as const;
    strokeLine(picture, { from: joint, to: end, thickness: LINK_WIDTH }, CYAN);
    fillDisc(picture, { center: joint, radius: LINK_WIDTH / 2 }, YELLOW);
    joint = end;
  }
  return picture;
}
