import { describeValue, isFloat32Array, type Space } from '@pg/core';
import type { CheckContext, CheckResult } from '../report.js';

/** Spaces are valid ones, also when they were not made by `box` and `discrete`. */
export function checkSpaces({ spec }: CheckContext): CheckResult {
  const spaces: [string, Space][] = [
    ['observation', spec.observationSpace],
    ['action', spec.actionSpace],
  ];
  return spaces.flatMap(([name, space]) => {
    const problem = problemOf(space);
    if (problem === undefined) return [];
    return [{ got: `an ${name} space with ${problem}`, expected: 'a valid space', remedy: 'Make it by box({ shape, low, high }) or discrete(n).' }];
  });
}

function problemOf(space: Space): string | undefined {
  if (space.kind === 'discrete') return Number.isInteger(space.size) && space.size > 0 ? undefined : `the size ${describeValue(space.size)}`;
  const { shape, dtype, low, high } = space;
  if (!Array.isArray(shape) || !shape.every((length) => Number.isInteger(length) && length > 0)) return `the shape ${describeValue(shape)}`;
  if (dtype !== 'float32' && dtype !== 'uint8') return `the dtype ${describeValue(dtype)}`;
  const size = shape.reduce((product, length) => product * length, 1);
  for (const [name, bounds] of Object.entries({ low, high })) {
    if (!isFloat32Array(bounds) || bounds.length !== size) return `${name}: ${describeValue(bounds)} for the shape [${shape.join(', ')}]`;
  }
  const crossed = low.findIndex((bound, i) => !(bound <= high[i]!));
  return crossed < 0 ? undefined : `low ${low[crossed]} and high ${high[crossed]} at element ${crossed}`;
}
