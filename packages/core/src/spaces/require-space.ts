import { requireArgument } from '../options/require-argument.js';
import type { Space } from './space.js';

/** Refuses what is no space; for JavaScript callers. Hot: looks at its kind alone. */
export function requireSpace(where: string, space: Space): void {
  if (space?.kind === 'box' || space?.kind === 'discrete') return;
  requireArgument(false, where, { name: 'space', value: space, expected: 'a space: box({...}) or discrete(n)' });
}
