/** What a picture shows. */
export interface Scene {
  /** Whether there is a ball, its left column, its first row and the row below it. */
  readonly inPlay: boolean;
  readonly column: number;
  readonly row: number;
  readonly rowEnd: number;
  /** The paddle's first column and its columns. */
  readonly paddleLeft: number;
  readonly paddleWidth: number;
  readonly score: number;
  readonly lives: number;
  /** The bricks of each row, bit c for the one in column c. */
  readonly brickRows: ArrayLike<number>;
}

/** A scene to remember: copied in place. */
export class SceneMemory implements Scene {
  inPlay = false;
  column = 0;
  row = 0;
  rowEnd = 0;
  paddleLeft = 0;
  paddleWidth = 0;
  score = 0;
  lives = 0;
  readonly brickRows: Int32Array;

  constructor(rows: number) {
    this.brickRows = new Int32Array(rows);
  }

  /** Becomes a copy of a scene. */
  copy(scene: Scene): void {
    this.inPlay = scene.inPlay;
    this.column = scene.column;
    this.row = scene.row;
    this.rowEnd = scene.rowEnd;
    this.paddleLeft = scene.paddleLeft;
    this.paddleWidth = scene.paddleWidth;
    this.score = scene.score;
    this.lives = scene.lives;
    for (let row = 0; row < this.brickRows.length; row++) this.brickRows[row] = scene.brickRows[row]!;
  }

  /** A copy as plain data. */
  copied(): Scene {
    return { ...this, brickRows: Array.from(this.brickRows) };
  }
}
