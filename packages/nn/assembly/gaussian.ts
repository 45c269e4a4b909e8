// The diagonal Gaussian with one log σ for each dimension: mean [rows, size], logStd [size].
import { exp } from './math';

const HALF_LOG_2PI: f32 = 0.9189385332046727;

/** Writes σ to scratch [size, rounded up to 4]; returns Σ log σ. */
// @ts-ignore: decorator
@inline
function deviations(logStd: usize, scratch: usize, size: i32): f32 {
  let total: f32 = 0;
  for (let j = 0; j < size; j++) {
    const value = f32.load(logStd + (j << 2));
    total += value;
    f32.store(scratch + (j << 2), f32x4.extract_lane(exp(f32x4.splat(value)), 0));
  }
  return total;
}

/** actions = mean + σ·noise for noise [rows, size] from the standard normal, with log-probabilities and entropies [rows]. */
export function gaussianSample(mean: usize, logStd: usize, noise: usize, actions: usize, logProbs: usize, entropies: usize, scratch: usize, rows: i32, size: i32): void {
  deviations(logStd, scratch, size);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < size; j++) {
      const at: usize = (row * size + j) << 2;
      f32.store(actions + at, f32.load(mean + at) + f32.load(scratch + (j << 2)) * f32.load(noise + at));
    }
  }
  gaussianEvaluate(mean, logStd, actions, logProbs, entropies, scratch, rows, size);
}

/** log π(a) = −½Σz² − Σ log σ − ½n·log 2π with z = (a − mean)/σ, and H = Σ log σ + ½n·(1 + log 2π). */
export function gaussianEvaluate(mean: usize, logStd: usize, actions: usize, logProbs: usize, entropies: usize, scratch: usize, rows: i32, size: i32): void {
  const total = deviations(logStd, scratch, size);
  const constant = <f32>size * HALF_LOG_2PI;
  for (let row = 0; row < rows; row++) {
    let squares: f32 = 0;
    for (let j = 0; j < size; j++) {
      const at: usize = (row * size + j) << 2;
      const z = (f32.load(actions + at) - f32.load(mean + at)) / f32.load(scratch + (j << 2));
      squares += z * z;
    }
    f32.store(logProbs + (row << 2), -0.5 * squares - total - constant);
    f32.store(entropies + (row << 2), total + constant + <f32>0.5 * <f32>size);
  }
}

/** dmean = dlogπ·z/σ; dlogσ += Σ_rows dlogπ·(z² − 1) + dH. */
export function gaussianBackward(mean: usize, logStd: usize, actions: usize, dLogProbs: usize, dEntropies: usize, dMean: usize, dLogStd: usize, scratch: usize, rows: i32, size: i32): void {
  deviations(logStd, scratch, size);
  for (let row = 0; row < rows; row++) {
    const dLogProb = f32.load(dLogProbs + (row << 2));
    const dEntropy = f32.load(dEntropies + (row << 2));
    for (let j = 0; j < size; j++) {
      const at: usize = (row * size + j) << 2;
      const deviation = f32.load(scratch + (j << 2));
      const z = (f32.load(actions + at) - f32.load(mean + at)) / deviation;
      f32.store(dMean + at, (dLogProb * z) / deviation);
      const sum = dLogStd + (j << 2);
      f32.store(sum, f32.load(sum) + dLogProb * (z * z - 1) + dEntropy);
    }
  }
}
