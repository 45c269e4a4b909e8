import { BRICK_COLUMNS, BRICK_HEIGHT, BRICK_ROWS, BRICK_WIDTH, BRICKS_END, BRICKS_TOP, FIELD_LEFT, FIELD_RIGHT } from './geometry.js';

const FULL_ROW = (1 << BRICK_COLUMNS) - 1;
/** Points of a brick, by its row from the top. */
export const POINTS: readonly number[] = [7, 7, 4, 4, 1, 1];

/** The wall: a number for each row from the top, whose bit c tells whether the brick in column c is there. */
export class Bricks {
  readonly rows = new Int32Array(BRICK_ROWS);

  /** All bricks are there. */
  build(): void {
    this.rows.fill(FULL_ROW);
  }

  /** Whether none is left. */
  get cleared(): boolean {
    for (let row = 0; row < BRICK_ROWS; row++) if (this.rows[row] !== 0) return false;
    return true;
  }

  /** The row of the brick at a pixel, or −1 where none is. */
  rowAt(x: number, y: number): number {
    if (y < BRICKS_TOP || y >= BRICKS_END || x < FIELD_LEFT || x >= FIELD_RIGHT) return -1;
    const row = Math.floor((y - BRICKS_TOP) / BRICK_HEIGHT);
    return (this.rows[row]! >> columnOf(x)) & 1 ? row : -1;
  }

  /** Takes away the brick of a row at a column of the picture. */
  remove(row: number, x: number): void {
    this.rows[row]! &= ~(1 << columnOf(x));
  }

  /** Becomes a wall with these rows. */
  restore(rows: readonly number[]): void {
    this.rows.set(rows);
  }
}

function columnOf(x: number): number {
  return Math.floor((x - FIELD_LEFT) / BRICK_WIDTH);
}
