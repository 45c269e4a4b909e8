import { Rng } from '@pg/core';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normals, relativeError } from '../../../../fixtures/numbers.js';
import { conv2d } from '../../../network/conv2d.js';
import { filterGradientOfProducts } from './conv2d-layer.js';

const small = fc.integer({ min: 1, max: 4 });

test("the filters' gradient, of products, is what the kernel gives that a backend may lack", async () => {
  await tf.setBackend('cpu');
  fc.assert(
    fc.property(
      fc.tuple(small, small, small, small),
      fc.tuple(small, small),
      fc.nat({ max: 3 }),
      fc.nat(),
      ([count, kernel, stride, filters], [rows, columns], more, seed) => {
        // `more`: pixels behind the last place of the filter
        const side = (places: number) => (places - 1) * stride + kernel + Math.min(more, stride - 1);
        const layer = conv2d({ filters, kernel, stride });
        const rng = Rng.fromSeed(seed);
        const random = (shape: [number, number, number, number]) =>
          tf.tensor4d(
            normals(
              rng,
              shape.reduce((a, b) => a * b),
            ),
            shape,
          );
        tf.tidy(() => {
          const x = random([count, side(rows), side(columns), 2]);
          const dy = random([count, rows, columns, filters]);
          const attributes = { strides: stride, pad: 'valid', dataFormat: 'NHWC', filterShape: [kernel, kernel, 2, filters] };
          const expected = tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, attributes) as tf.Tensor;
          const gradient = filterGradientOfProducts(tf, x, dy, layer);
          expect(gradient.shape).toEqual(expected.shape);
          expect(relativeError(gradient.dataSync(), expected.dataSync())).toBeLessThan(1e-5);
        });
      },
    ),
    { seed: 1, numRuns: 50 },
  );
});
