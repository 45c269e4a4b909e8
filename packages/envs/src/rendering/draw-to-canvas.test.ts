import { InvalidOptionsError, InvalidShapeError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import type { Canvas } from './canvas.js';
import { drawToCanvas } from './draw-to-canvas.js';

/** A canvas that remembers what was put on it, and how often its size was set. */
function fakeCanvas() {
  const log = { sizes: 0, puts: [] as { data: number[]; x: number; y: number }[] };
  const context = {
    createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(width * height * 4) }),
    putImageData: ({ data }: { data: { [index: number]: number } }, x: number, y: number) => {
      log.puts.push({ data: Array.from(data as Uint8ClampedArray), x, y });
    },
  };
  const size = { width: 300, height: 150 };
  const canvas: Canvas = {
    get width() {
      return size.width;
    },
    set width(value) {
      size.width = value;
      log.sizes++;
    },
    get height() {
      return size.height;
    },
    set height(value) {
      size.height = value;
      log.sizes++;
    },
    getContext: () => context,
  };
  return { canvas, context, log };
}

const picture = { width: 2, height: 1, data: new Uint8Array([1, 2, 3, 4, 5, 6]) };

describe('drawToCanvas', () => {
  test('gives a canvas the size of the picture, and opaque pixels', () => {
    const { canvas, log } = fakeCanvas();
    drawToCanvas(picture, canvas);
    expect([canvas.width, canvas.height]).toEqual([2, 1]);
    expect(log.puts).toEqual([{ data: [1, 2, 3, 255, 4, 5, 6, 255], x: 0, y: 0 }]);
  });

  test('sets the size once', () => {
    const { canvas, log } = fakeCanvas();
    for (let i = 0; i < 3; i++) drawToCanvas(picture, canvas);
    expect(log.sizes).toBe(2);
    expect(log.puts.length).toBe(3);
  });

  test('scales', () => {
    const { canvas, log } = fakeCanvas();
    drawToCanvas(picture, canvas, { scale: 2 });
    expect([canvas.width, canvas.height]).toEqual([4, 2]);
    const row = [1, 2, 3, 255, 1, 2, 3, 255, 4, 5, 6, 255, 4, 5, 6, 255];
    expect(log.puts[0]!.data).toEqual([...row, ...row]);
    drawToCanvas(picture, canvas, { scale: 0.5 });
    expect([canvas.width, canvas.height]).toEqual([1, 1]);
    expect(log.puts[1]!.data).toEqual([3, 4, 5, 255]);
  });

  test('leaves the canvas of a context as it is', () => {
    const { canvas, context, log } = fakeCanvas();
    drawToCanvas(picture, context);
    expect([canvas.width, canvas.height, log.sizes]).toEqual([300, 150, 0]);
    expect(log.puts.length).toBe(1);
  });

  test('refuses a canvas without a 2D context, other scales and other pictures', () => {
    const taken = { width: 1, height: 1, getContext: () => null };
    expect(() => drawToCanvas(picture, taken)).toThrow('drawToCanvas: got a canvas that gives no 2D context;');
    expect(() => drawToCanvas(picture, fakeCanvas().canvas, { scale: 0 })).toThrow(InvalidOptionsError);
    expect(() => drawToCanvas({ ...picture, height: 2 }, fakeCanvas().canvas)).toThrow(InvalidShapeError);
  });
});
