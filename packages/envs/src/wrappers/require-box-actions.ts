import { describeSpace, InvalidOptionsError, type Space } from '@pg/core';

/** Refuses an environment whose actions are choices; for JavaScript callers, whom the types do not stop. */
export function requireBoxActions(where: string, space: Space): void {
  if (space.kind === 'box') return;
  throw new InvalidOptionsError({
    where,
    got: `an environment with actions of ${describeSpace(space)}`,
    expected: 'Box actions',
    remedy: 'Remove it: choices need no bounds.',
  });
}
