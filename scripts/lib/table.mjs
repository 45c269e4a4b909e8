/**
 * Rows as a table with a line of heads; columns that have nothing to say are left out. Where the table is wider than `width`, each row is a
 * block of lines of its own.
 *
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 * @param {{ width?: number, left?: number }} [options] - `width`: of the terminal; `left`: so many columns are aligned left, the others right
 * @returns {string}
 */
export function table(heads, rows, { width = Number.POSITIVE_INFINITY, left = 1 } = {}) {
  const used = heads.map((_, column) => column).filter((column) => rows.some((row) => row[column] !== ''));
  const all = [heads, ...rows].map((row) => used.map((column) => row[column] ?? ''));
  const widths = used.map((_, place) => Math.max(...all.map((row) => length(row[place]))));
  const total = widths.reduce((sum, one) => sum + one + 2, -2);
  if (total > width) return blocks(heads, rows, used);
  return all
    .map((row) =>
      row
        .map((cell, place) => pad(cell, { to: widths[place] ?? 0, start: (used[place] ?? 0) >= left }))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 * @param {readonly number[]} used
 */
function blocks(heads, rows, used) {
  const of = (/** @type {readonly string[]} */ row) => used.filter((column) => row[column] !== '').map((column) => `${heads[column]}: ${row[column]}`);
  return rows.map((row) => of(row).join('\n')).join('\n\n');
}

/**
 * @param {string} cell
 * @param {{ to: number, start: boolean }} how
 */
function pad(cell, { to, start }) {
  const room = ' '.repeat(to - length(cell));
  return start ? room + cell : cell + room;
}

/** @param {string | undefined} text */
function length(text) {
  return [...(text ?? '')].length;
}
