// Unbounded numbers u brought between bounds: a = low + (tanh u + 1)/2·(high − low). Four rows are computed at a time, one in each lane.
import { exp, log1p, splat, tanh } from './math';
import { gather, scatter } from './row-lanes';

const LN_2: f32 = 0.6931471805599453;

/** actions [rows, size] of latents [rows, size]; `bounds` are low [size], then high [size]. Rounding never leaves them. */
export function squash(latents: usize, bounds: usize, actions: usize, rows: i32, size: i32): void {
  const stride: usize = size << 2;
  for (let row = 0; row < rows; row += 4) {
    for (let at: usize = 0; at < stride; at += 4) {
      const low = v128.load32_splat(bounds + at);
      const high = v128.load32_splat(bounds + stride + at);
      const share = f32x4.mul(f32x4.add(tanh(gather(latents + at, row, rows, stride)), splat(1)), splat(0.5));
      const action = f32x4.add(low, f32x4.mul(share, f32x4.sub(high, low)));
      scatter(actions + at, row, rows, stride, f32x4.max(f32x4.min(action, high), low));
    }
  }
}

/**
 * Turns densities of u into those of a: with log|∂a/∂u| = logScale + Σ log(1 − tanh² u), where logScale is Σ log ½(high − low), it is
 * taken from logProbs [rows] and added to entropies [rows]. log(1 − tanh² u) = 2(log 2 − |u| − log(1 + e^−2|u|)).
 */
export function squashDensities(latents: usize, logProbs: usize, entropies: usize, logScale: f32, rows: i32, size: i32): void {
  const stride: usize = size << 2;
  for (let row = 0; row < rows; row += 4) {
    let logSlope = splat(logScale);
    for (let at: usize = 0; at < stride; at += 4) {
      const u = f32x4.abs(gather(latents + at, row, rows, stride));
      const half = f32x4.sub(f32x4.sub(splat(LN_2), u), log1p(exp(f32x4.mul(u, splat(-2)))));
      logSlope = f32x4.add(logSlope, f32x4.add(half, half));
    }
    scatter(logProbs, row, rows, 4, f32x4.sub(gather(logProbs, row, rows, 4), logSlope));
    scatter(entropies, row, rows, 4, f32x4.add(gather(entropies, row, rows, 4), logSlope));
  }
}
