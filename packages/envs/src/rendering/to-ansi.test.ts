import { InvalidOptionsError, type Picture } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blankPicture } from './blank-picture.js';
import { fillRectangle } from './fill-rectangle.js';
import { resizePicture } from './resize-picture.js';
import { toAnsi } from './to-ansi.js';

interface Cell {
  readonly top: string;
  /** Nothing: the terminal's own background. */
  readonly bottom: string | undefined;
}

/** Reads text as a terminal does: colors set by `38;2;r;g;b` and `38;5;n` (48 for the background), `49` and `0` take them back. */
function readTerminal(text: string): Cell[][] {
  let top: string | undefined;
  let bottom: string | undefined;
  return text.split('\n').map((line) => {
    const cells: Cell[] = [];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    for (const [, codes, character] of line.matchAll(/\u001b\[([\d;]+)m|(.)/gu)) {
      if (character !== undefined) {
        expect(character).toBe('▀');
        cells.push({ top: top!, bottom });
        continue;
      }
      const numbers = codes!.split(';').map(Number);
      while (numbers.length > 0) {
        const code = numbers.shift()!;
        if (code === 0) top = bottom = undefined;
        else if (code === 49) bottom = undefined;
        else {
          const color = String(numbers.shift() === 2 ? numbers.splice(0, 3) : xterm(numbers.shift()!));
          if (code === 38) top = color;
          else if (code === 48) bottom = color;
          else throw new Error(`an unknown code ${code}`);
        }
      }
    }
    expect([top, bottom]).toEqual([undefined, undefined]);
    return cells;
  });
}

/** xterm's palette from 16 on. */
function xterm(index: number): number[] {
  if (index >= 232) return [0, 1, 2].map(() => 8 + 10 * (index - 232));
  return [36, 6, 1].map((place) => [0, 95, 135, 175, 215, 255][Math.floor((index - 16) / place) % 6]!);
}

/** The same cells from a picture. */
function cellsOf({ width, height, data }: Picture): Cell[][] {
  const at = (column: number, row: number) =>
    row < height ? String(Array.from(data.subarray((row * width + column) * 3, (row * width + column + 1) * 3))) : undefined;
  return Array.from({ length: Math.ceil(height / 2) }, (_, line) =>
    Array.from({ length: width }, (_, column) => ({ top: at(column, 2 * line)!, bottom: at(column, 2 * line + 1) })),
  );
}

const pictures = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) => fc.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 }).map((data) => ({ width, height, data })));

describe('truecolor', () => {
  test('read back it is the picture', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        expect(readTerminal(toAnsi(picture, { columns: picture.width }))).toEqual(cellsOf(picture));
      }),
    );
  });

  test('each line says a color once for as long as it lasts', () => {
    expect(toAnsi(blankPicture({ width: 4, height: 4 }, [1, 2, 3]), { columns: 4 })).toBe(
      '\u001b[38;2;1;2;3;48;2;1;2;3m▀▀▀▀\u001b[0m\n\u001b[38;2;1;2;3;48;2;1;2;3m▀▀▀▀\u001b[0m',
    );
  });
});

describe('256 colors', () => {
  test('colors of the palette are exact', () => {
    const colors = Array.from({ length: 240 }, (_, i) => xterm(16 + i));
    const picture = { width: 240, height: 1, data: Uint8Array.from(colors.flat()) };
    expect(readTerminal(toAnsi(picture, { columns: 240, color: '256' }))).toEqual(cellsOf(picture));
  });

  test('any color becomes the nearest of the palette', () => {
    const palette = Array.from({ length: 240 }, (_, i) => xterm(16 + i));
    const distance = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, k) => sum + (value - b[k]!) ** 2, 0);
    const level = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(level, level, level), (color) => {
        const [[cell]] = readTerminal(toAnsi({ width: 1, height: 1, data: Uint8Array.from(color) }, { columns: 1, color: '256' })) as [[Cell]];
        const least = Math.min(...palette.map((entry) => distance(entry, color)));
        expect(distance(cell.top.split(',').map(Number), color)).toBe(least);
      }),
    );
  });
});

describe('no color', () => {
  test('marks what differs from the background, whichever it is', () => {
    for (const [paper, pen] of [
      [255, 0],
      [0, 255],
      [200, 180],
    ] as const) {
      const picture = blankPicture({ width: 4, height: 5 }, [paper, paper, paper]);
      fillRectangle(picture, { left: 1, top: 0, width: 1, height: 2 }, [pen, pen, pen]);
      fillRectangle(picture, { left: 2, top: 1, width: 1, height: 2 }, [pen, pen, pen]);
      fillRectangle(picture, { left: 0, top: 4, width: 1, height: 1 }, [pen, pen, pen]);
      expect(toAnsi(picture, { columns: 4, color: 'none' })).toBe(' █▄ \n  ▀ \n▀   ');
    }
  });

  test('a color that is hardly another is the background', () => {
    const picture = blankPicture({ width: 2, height: 1 }, [100, 100, 100]);
    picture.data[3] = 115;
    expect(toAnsi(picture, { columns: 2, color: 'none' })).toBe('  ');
    picture.data[3] = 116;
    expect(toAnsi(picture, { columns: 2, color: 'none' })).toBe(' ▀');
  });
});

describe('sizes', () => {
  const size = (text: string) => [text.split('\n')[0]!.length, text.split('\n').length];
  const picture = blankPicture({ width: 600, height: 400 }, [255, 255, 255]);

  test.each([
    [{ columns: 80 }, [80, 27]],
    [{ columns: 20 }, [20, 7]],
    [{ columns: 80, rows: 24 }, [72, 24]],
    [{ columns: 20, rows: 24 }, [20, 7]],
    [{ columns: 1 }, [1, 1]],
    [{ columns: 300, rows: 1 }, [3, 1]],
  ])('600×400 in %j', (options, expected) => {
    expect(size(toAnsi(picture, { ...options, color: 'none' }))).toEqual(expected);
  });

  test('small pictures are enlarged', () => {
    expect(size(toAnsi(blankPicture({ width: 3, height: 2 }, [0, 0, 0]), { columns: 30, color: 'none' }))).toEqual([30, 10]);
  });

  test('what is shown is the mean of the area', () => {
    const striped = blankPicture({ width: 40, height: 40 }, [255, 255, 255]);
    for (let left = 0; left < 40; left += 4) fillRectangle(striped, { left, top: 0, width: 1, height: 40 }, [0, 0, 0]);
    expect(readTerminal(toAnsi(striped, { columns: 10 }))).toEqual(cellsOf(resizePicture(striped, { width: 10, height: 10 })));
    expect(
      readTerminal(toAnsi(striped, { columns: 10 }))
        .flat()
        .every(({ top }) => top === '191,191,191'),
    ).toBe(true);
  });
});

test.each<[object, string]>([
  [{}, 'toAnsi: got no option "columns"'],
  [{ columns: 0 }, 'toAnsi: got columns: 0; expected a number at least 1. Change "columns".'],
  [{ columns: 80, rows: 1.5 }, 'toAnsi: got rows: 1.5'],
  [{ columns: 80, color: '16' }, 'toAnsi: got color: "16"; expected one of: "256", "truecolor", "none".'],
  [{ colums: 80 }, 'Did you mean "columns"?'],
])('refuses %j', (options, message) => {
  const call = () => toAnsi(blankPicture({ width: 1, height: 1 }, [0, 0, 0]), options as { columns: number });
  expect(call).toThrow(InvalidOptionsError);
  expect(call).toThrow(message);
});
