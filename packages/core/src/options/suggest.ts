import leven from 'leven';
import { translate } from './other-names.js';
import { requireArgument, requireText } from './require-argument.js';

/** The known name that another library's name stands for, or the nearest to a misspelt one, or `undefined` when none is near enough to be meant. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  requireText('suggest', 'name', name);
  requireArgument(Array.isArray(known), 'suggest', { name: 'known', value: known, expected: 'a list of names' });
  return translate(name, known) ?? nearestTo(name, known);
}

function nearestTo(name: string, known: readonly string[]): string | undefined {
  const distance = (candidate: string) => leven(name.toLowerCase(), candidate.toLowerCase());
  const nearest = [...known].sort((a, b) => distance(a) - distance(b))[0];
  if (nearest === undefined) return undefined;
  const allowed = Math.min(nearest.length - 1, Math.max(1, Math.floor(nearest.length / 3)));
  return distance(nearest) <= allowed || sameLetters(name, nearest) ? nearest : undefined;
}

/** Swapped letters count as two edits but are one slip. */
function sameLetters(a: string, b: string): boolean {
  const sorted = (word: string) => [...word.toLowerCase()].sort().join('');
  return sorted(a) === sorted(b);
}
