import { describeValue, isUint8Array, PgError } from '@pg/core';
import type { Picture } from '@pg/envs';
import { difference, Player, playFrom } from '../playing.js';
import type { CheckContext, CheckResult } from '../report.js';

/** A picture has the size that it says, and drawing it changes nothing. */
export function checkRender({ spec, seed, steps }: CheckContext): CheckResult {
  const { player } = Player.start(spec, seed);
  const picture = pictureOf(player);
  if (picture === undefined) return 'nothing to check';
  const { width, height, data } = picture;
  if (!isSize(width) || !isSize(height) || !isUint8Array(data) || data.length !== width * height * 3) {
    return [
      {
        got: `a picture of ${describeValue(width)} × ${describeValue(height)} with ${isUint8Array(data) ? `${data.length} bytes` : describeValue(data)}`,
        expected: 'width × height × 3 bytes in a Uint8Array',
        remedy: 'Return { width, height, data }: red, green and blue for each pixel, row by row.',
      },
    ];
  }
  const drawn = Array.from({ length: Math.min(steps, 20) }, () => {
    pictureOf(player);
    return player.step();
  });
  player.env.close();
  const found = difference(playFrom(spec, seed, drawn.length).played, drawn);
  return found ? [{ got: `${found}, without and with pictures in between`, expected: 'the same play', remedy: 'Change nothing in render().' }] : [];
}

function isSize(size: unknown): boolean {
  return Number.isInteger(size) && (size as number) > 0;
}

/** Nothing where the environment does not draw itself, which the library says by an error. */
function pictureOf({ env }: Player): Picture | undefined {
  try {
    return env.render();
  } catch (error) {
    if (PgError.isInstance(error) && error.got === 'an environment without a picture') return undefined;
    throw error;
  }
}
