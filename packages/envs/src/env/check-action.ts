import { type Box, contains, describeSpace, describeValue, InvalidActionError, nearestBounds, type Space } from '@pg/core';

/** Refuses an action outside its space. */
export function checkAction(id: string, space: Space, action: unknown): void {
  if (!contains(space, action)) throw invalidAction(id, space, action);
}

/** The error for an action outside its space. */
export function invalidAction(id: string, space: Space, action: unknown): InvalidActionError {
  const expected =
    space.kind === 'discrete'
      ? `a whole number from 0 to ${space.size - 1}`
      : `${space.low.length} ${space.low.length === 1 ? 'number' : 'numbers'} within ${describeBounds(nearestBounds(space))}`;
  return new InvalidActionError({
    where: `${id}.step`,
    got: `the action ${describeValue(action)}`,
    expected: `${expected} (${describeSpace(space)})`,
    remedy: space.kind === 'discrete' ? 'Pass the index of a choice.' : 'Pass a Float32Array, clipped to the bounds.',
  });
}

function describeBounds({ low, high }: Pick<Box, 'low' | 'high'>): string {
  const alike = low.every((value) => value === low[0]) && high.every((value) => value === high[0]);
  return alike ? `[${shortest(low[0]!)}, ${shortest(high[0]!)}]` : 'the bounds of each';
}

/** A float32 without the digits that only float64 has: 0.1 instead of 0.10000000149011612. */
function shortest(bound: number): number {
  return Number(bound.toPrecision(7));
}
