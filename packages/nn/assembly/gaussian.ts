// The diagonal Gaussian: mean [rows, size], and log σ either [size] for all rows, which `logStdStride` 0 says, or [rows, size] with the
// stride of a row in bytes. log σ is clamped to [low, high].
import { exp, splat, tanh } from './math';

const HALF_LOG_2PI: f32 = 0.9189385332046727;

/** Writes σ to scratch [size, rounded up to 4]; returns Σ log σ. */
// @ts-ignore: decorator
@inline
function deviations(logStd: usize, low: f32, high: f32, scratch: usize, size: i32): f32 {
  let total: f32 = 0;
  for (let j = 0; j < size; j++) {
    const value = max(min(f32.load(logStd + (j << 2)), high), low);
    total += value;
    f32.store(scratch + (j << 2), f32x4.extract_lane(exp(splat(value)), 0));
  }
  return total;
}

/** values = mean + σ·noise for noise [rows, size] from the standard normal, with log-densities and entropies [rows]. */
export function gaussianSample(mean: usize, logStd: usize, logStdStride: usize, low: f32, high: f32, noise: usize, values: usize, logProbs: usize, entropies: usize, scratch: usize, rows: i32, size: i32): void {
  for (let row = 0; row < rows; row++) {
    if (row == 0 || logStdStride) deviations(logStd + row * logStdStride, low, high, scratch, size);
    for (let j = 0; j < size; j++) {
      const at: usize = (row * size + j) << 2;
      f32.store(values + at, f32.load(mean + at) + f32.load(scratch + (j << 2)) * f32.load(noise + at));
    }
  }
  gaussianEvaluate(mean, logStd, logStdStride, low, high, values, logProbs, entropies, scratch, rows, size);
}

/** log π(x) = −½Σz² − Σ log σ − ½n·log 2π with z = (x − mean)/σ, and H = Σ log σ + ½n·(1 + log 2π). */
export function gaussianEvaluate(mean: usize, logStd: usize, logStdStride: usize, low: f32, high: f32, values: usize, logProbs: usize, entropies: usize, scratch: usize, rows: i32, size: i32): void {
  const constant = <f32>size * HALF_LOG_2PI;
  let total: f32 = 0;
  for (let row = 0; row < rows; row++) {
    if (row == 0 || logStdStride) total = deviations(logStd + row * logStdStride, low, high, scratch, size);
    let squares: f32 = 0;
    for (let j = 0; j < size; j++) {
      const at: usize = (row * size + j) << 2;
      const z = (f32.load(values + at) - f32.load(mean + at)) / f32.load(scratch + (j << 2));
      squares += z * z;
    }
    f32.store(logProbs + (row << 2), -0.5 * squares - total - constant);
    f32.store(entropies + (row << 2), total + constant + <f32>0.5 * <f32>size);
  }
}

/**
 * dmean = dlogπ·z/σ and dlogσ = dlogπ·(z² − 1) + dH. A vector of log σ adds up over the rows, a head gets each row's own; a log σ
 * outside [low, high] gets nothing. When `squashed`, H also has Σ log(1 − tanh² x) at the row's own x = mean + σ·noise, whose slope
 * −2·tanh x reaches mean by 1 and log σ by x − mean.
 */
export function gaussianBackward(mean: usize, logStd: usize, logStdStride: usize, low: f32, high: f32, values: usize, dLogProbs: usize, dEntropies: usize, dMean: usize, dLogStd: usize, squashed: bool, scratch: usize, rows: i32, size: i32): void {
  for (let row = 0; row < rows; row++) {
    const logStdOfRow = logStd + row * logStdStride;
    if (row == 0 || logStdStride) deviations(logStdOfRow, low, high, scratch, size);
    const dLogProb = f32.load(dLogProbs + (row << 2));
    const dEntropy = f32.load(dEntropies + (row << 2));
    for (let j = 0; j < size; j++) {
      const at: usize = (row * size + j) << 2;
      const deviation = f32.load(scratch + (j << 2));
      const distance = f32.load(values + at) - f32.load(mean + at);
      const z = distance / deviation;
      let toMean = (dLogProb * z) / deviation;
      let toLogStd = dEntropy;
      if (squashed) {
        const slope = dEntropy * (-2 * f32x4.extract_lane(tanh(splat(f32.load(values + at))), 0));
        toMean += slope;
        toLogStd += slope * distance;
      }
      f32.store(dMean + at, toMean);
      const raw = f32.load(logStdOfRow + (j << 2));
      const to = dLogStd + row * logStdStride + (j << 2);
      const before: f32 = logStdStride ? 0 : f32.load(to);
      // a NaN is outside of nothing: it has to be found
      f32.store(to, raw < low || raw > high ? before : before + dLogProb * (z * z - 1) + toLogStd);
    }
  }
}
