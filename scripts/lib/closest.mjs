/**
 * The candidate that a mistyped word most likely means.
 *
 * @param {string} word
 * @param {readonly string[]} candidates
 * @returns {string | undefined} nothing when none is near
 */
export function closest(word, candidates) {
  const ranked = candidates.map((candidate) => ({ candidate, edits: distance(word, candidate) })).sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  if (best === undefined) return undefined;
  return best.edits <= Math.max(2, word.length / 3) ? best.candidate : candidates.find((candidate) => candidate.includes(word));
}

/**
 * Levenshtein's distance, one row at a time.
 *
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = /** @type {number} */ (row[j - 1]) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(change, /** @type {number} */ (row[j]) + 1, /** @type {number} */ (next[j - 1]) + 1);
    }
    row = next;
  }
  return /** @type {number} */ (row[b.length]);
}
