/** A picture of an environment. */
export interface Picture {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** `[height, width, 3]`: red, green and blue, from 0 to 255. */
  readonly data: Uint8Array;
}
