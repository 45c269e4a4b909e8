/** Pixels of a picture of Atari 2600 Pong: rows from the top, columns from the left. Read off published pictures of the game. */
export { HEIGHT, WIDTH } from '../atari/screen-size.js';

/** The first row of the play field; sprites are clipped to the field. */
export const FIELD_TOP = 34;
/** The row below the play field. */
export const FIELD_END = 194;
/** The first row of the upper wall, which ends where the field begins. The lower wall is below the field. */
export const WALL_TOP = 24;

/** The opponent's paddle: its left column. */
export const OPPONENT_X = 16;
/** The agent's paddle: its left column. */
export const AGENT_X = 140;
/** Columns of a paddle. */
export const PADDLE_WIDTH = 4;
/** Rows of a paddle. */
export const PADDLE_HEIGHT = 16;
/** Columns of the ball. */
export const BALL_WIDTH = 2;
/** Rows of the ball. */
export const BALL_HEIGHT = 4;
/** The first row below the scores. */
export const SCORES_END = 21;
