import { box, createElements, type Space, type Stage } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { bytesOf, pictureNamed, pongPictures, sceneOfPicture } from '../../../fixtures/pong-pictures.js';
import { deepMindFrames } from '../../atari/deep-mind.js';
import { emptyPicture } from '../empty-picture.js';
import { Painter } from '../painter.js';
import { PLAY_COLORS, RESET_COLORS } from '../palette.js';
import { RESET_SCENE, type Scene } from '../scene.js';
import { babyA3cFrames } from './baby-a3c.js';
import { karpathyDifference } from './karpathy.js';
import { vpgDifference } from './vpg.js';

const rgb = box({ shape: [210, 160, 3], low: 0, high: 255, dtype: 'uint8' });

function draw(scene: Scene, colors = PLAY_COLORS): Uint8Array {
  const out = new Uint8Array(210 * 160 * 3);
  new Painter(colors, emptyPicture(colors)).draw(scene, out, 0);
  return out;
}

const pictureOf = (name: string) => draw(sceneOfPicture(pictureNamed(name)));

/** What a stage gives for the last of some pictures, seen one after the other. */
function seen(stage: Stage, ...pictures: readonly Uint8Array[]): readonly number[] {
  const transform = stage.create();
  const output = createElements(stage.space);
  pictures.forEach((picture, i) => {
    transform.apply(picture, output, i === 0);
  });
  return Array.from(output);
}

const nonZero = (values: readonly number[]) => values.flatMap((value, i) => (value === 0 ? [] : [[i, value]]));

const without = draw({ ballVisible: false, ballX: 0, ballY: 0, opponentTop: 1, agentTop: -100, opponentScore: 0, agentScore: 0 });

describe.each(pongPictures.frames)('$name', ({ name, karpathy, babyA3cStretched, babyA3cPlain, deepMind }) => {
  const picture = pictureOf(name);

  test('Karpathy', () => {
    // behind a picture without sprites, the difference is the picture
    expect(nonZero(seen(karpathyDifference()(rgb), without, picture))).toEqual(karpathy.map((index) => [index, 1]));
  });

  test('baby-a3c, stretched and plain', () => {
    const asNumbers = (compressed: string) => Array.from(bytesOf(compressed), (value) => Math.fround(value / 255));
    expect(seen(babyA3cFrames()(rgb), picture)).toEqual(asNumbers(babyA3cStretched));
    expect(seen(babyA3cFrames({ stretch: false })(rgb), picture)).toEqual(asNumbers(babyA3cPlain));
  });

  test.each<[() => unknown, string]>([
    [() => babyA3cFrames({ stretch: 'no' } as never), 'babyA3cFrames: got stretch: "no"; expected true or false. Change "stretch".'],
    [() => babyA3cFrames(false as never), 'babyA3cFrames: got false; expected an options object. Pass an object with some of: stretch.'],
    [() => vpgDifference({ windw: 2 } as never), 'vpgDifference: got the unknown option "windw"; expected one of: window. Did you mean "window"?'],
  ])('refuses wrong options: %s', (make, message) => {
    expect(make).toThrow(message);
  });

  test('DeepMind, within 1', () => {
    expect(worstOfNewest(seen(deepMindFrames()(rgb), without, picture), bytesOf(deepMind))).toBeLessThanOrEqual(1);
  });
});

/** The greatest difference between the newest of four stacked frames and the expected one. */
function worstOfNewest(stacked: readonly number[], expected: Uint8Array): number {
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(stacked[i * 4 + 3]! - value)), 0);
}

describe.each(pongPictures.pairs)('$first, then $second', ({ first, second, karpathyDifference: karpathy, vpgDifference: vpg, deepMindOfMaximum }) => {
  const [before, after] = [pictureOf(first), pictureOf(second)];

  test('Karpathy', () => {
    expect(nonZero(seen(karpathyDifference()(rgb), before, after))).toEqual(karpathy);
  });

  test('VPG: with a window of two, and of three around another picture', () => {
    expect(nonZero(seen(vpgDifference({ window: 2 })(rgb), before, after))).toEqual(vpg);
    expect(nonZero(seen(vpgDifference()(rgb), before, without, after))).toEqual(vpg);
  });

  test('DeepMind on the brighter of both, within 1', () => {
    const brighter = before.map((value, i) => Math.max(value, after[i]!));
    expect(worstOfNewest(seen(deepMindFrames()(rgb), without, brighter), bytesOf(deepMindOfMaximum))).toBeLessThanOrEqual(1);
  });
});

describe('at a reset', () => {
  const reset = draw(RESET_SCENE, RESET_COLORS);

  test('differences are zero', () => {
    expect(nonZero(seen(karpathyDifference()(rgb), reset))).toEqual([]);
    expect(nonZero(seen(vpgDifference()(rgb), reset))).toEqual([]);
  });

  test('Karpathy erases its background, VPG does not', () => {
    // the parked ball: column 1, rows 45 and 47; the paddle: columns 70 and 71, eight rows from 97 on
    const paddle = Array.from({ length: 8 }, (_, i) => [70, 71].map((column) => [(31 + i) * 80 + column, -1])).flat();
    expect(nonZero(seen(karpathyDifference()(rgb), reset, without))).toEqual([[5 * 80 + 1, -1], [6 * 80 + 1, -1], ...paddle]);
    expect(seen(vpgDifference({ window: 2 })(rgb), reset, without).every((value) => value === -1)).toBe(true);
  });
});

test('memory goes on from a snapshot', () => {
  const pictures = pongPictures.frames.map(({ name }) => pictureOf(name));
  for (const stage of [karpathyDifference()(rgb), vpgDifference({ window: 4 })(rgb), deepMindFrames()(rgb), babyA3cFrames()(rgb)] as Stage[]) {
    const [first, second] = [stage.create(), stage.create()];
    const [expected, output] = [createElements(stage.space), createElements(stage.space)];
    pictures.slice(0, 3).forEach((picture, i) => {
      first.apply(picture, expected, i === 0);
    });
    second.restore?.(first.snapshot?.());
    for (const picture of pictures.slice(3)) {
      first.apply(picture, expected, false);
      second.apply(picture, output, false);
      expect(output.every((value, i) => value === expected[i])).toBe(true);
    }
  }
});

describe('what is not the picture is refused', () => {
  const stateOf = box({ shape: [9], low: 0, high: 1 });

  test.each<[string, (space: never) => unknown, Space]>([
    ["karpathyDifference: got observations of Box<[9]>; expected Pong's picture, Box<[210, 160, 3]>.", karpathyDifference(), stateOf],
    ['vpgDifference: got observations of Box<[9]>', vpgDifference(), stateOf],
    ['babyA3cFrames: got observations of', babyA3cFrames(), box({ shape: [210, 160, 1], low: 0, high: 255, dtype: 'uint8' })],
    [
      "expected an Atari game's picture, Box<[210, 160, 3]> or Box<[210, 160, 1]>. Put this stage directly behind pong() or breakout().",
      deepMindFrames(),
      stateOf,
    ],
  ])('%s', (message, stage, space) => {
    expect(() => stage(space as never)).toThrow(message);
  });

  test('a window of one observation', () => {
    expect(() => vpgDifference({ window: 1 })).toThrow('vpgDifference: got window: 1; expected a whole number from 2 to 1025. Change "window".');
  });
});
