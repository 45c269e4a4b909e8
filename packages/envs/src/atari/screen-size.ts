/** Rows of the Atari 2600's picture as the Arcade Learning Environment gives it. */
export const HEIGHT = 210;
/** Columns of the picture. */
export const WIDTH = 160;
