/** A line of a table: cells to the right of columns that are so wide. */
export function tableLine(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, i) => cell.padStart(widths[i]!))
    .join(' ')
    .trimEnd();
}

/** A number to three digits, or to all before its point. */
export function threeDigits(number: number): string {
  return number >= 100 ? number.toFixed(0) : number.toPrecision(3);
}

/** A whole number with commas between thousands. */
export function thousands(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}

/** What is said of a target; nothing where there is none. */
export function verdict(reached: boolean | undefined): string {
  if (reached === undefined) return '';
  return reached ? 'reached' : 'missed';
}
