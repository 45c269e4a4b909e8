/** A picture of a clip: which rectangle it changes, and what the caption says. */
export type Frame = readonly [left: number, top: number, width: number, height: number, episode: number, step: number, episodeReturn: number | null];

/** A few pictures one after the other. The first is whole, so a clip can be shown without those before it. */
export interface Clip {
  readonly width: number;
  readonly height: number;
  /** Pictures a second. */
  readonly fps: number;
  readonly frames: readonly Frame[];
  /** The rectangles' red, green and blue bytes one after the other, as raw deflate in base64. */
  readonly pixels: string;
}

/** An episode to look at again and again. */
export interface Film {
  readonly clips: readonly Clip[];
  /** Of how many pictures one was kept. */
  readonly stride: number;
}
