/** Pixels of a picture of Atari 2600 Breakout: rows from the top, columns from the left. Read off published pictures of the game. */
export const WALL_TOP = 17;
/** The first row below the upper wall. */
export const FIELD_TOP = 32;
/** The first column right of the left wall. */
export const FIELD_LEFT = 8;
/** The first column of the right wall. */
export const FIELD_RIGHT = 152;

/** The first row of bricks. */
export const BRICKS_TOP = 57;
/** Rows of bricks, counted from the top. */
export const BRICK_ROWS = 6;
/** Bricks of a row. */
export const BRICK_COLUMNS = 18;
/** Columns of a brick. */
export const BRICK_WIDTH = 8;
/** Rows of a brick. */
export const BRICK_HEIGHT = 6;
/** The first row below the bricks. */
export const BRICKS_END = BRICKS_TOP + BRICK_ROWS * BRICK_HEIGHT;

/** The first row of the paddle. */
export const PADDLE_TOP = 189;
/** Rows of the paddle. */
export const PADDLE_HEIGHT = 4;
/** Columns of the ball. */
export const BALL_WIDTH = 2;
/** Rows of the ball. */
export const BALL_HEIGHT = 4;

/** The side walls end in coloured blocks, from the paddle's first row to before these. */
export const LEFT_BLOCK_END = 196;
/** The row below the right block. */
export const RIGHT_BLOCK_END = 195;
/** The ball is drawn down to before this row. */
export const FIELD_END = 196;
