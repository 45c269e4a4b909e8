/** What happened, [T, N]. */
interface Points {
  readonly rewards: Float32Array;
  readonly done: Uint8Array;
}

/**
 * Where returns to go begin anew when every reward ends a point, as in Pong: at an episode's end and at each reward other than 0, which
 * is then what the steps up to it share (Karpathy 2016).
 *
 * @param out - [T, N], where to write 1 or 0
 * @returns `out`
 */
export function pointEnds({ rewards, done }: Points, out: Uint8Array): Uint8Array {
  for (let i = 0; i < out.length; i++) out[i] = done[i] || rewards[i] !== 0 ? 1 : 0;
  return out;
}
