// The categorical distribution over the columns of logits [rows, classes]. Four rows are computed at a time, one in each lane.
import { exp, log, splat } from './math';
import { gather, scatter } from './row-lanes';

/**
 * 2^−60. 1 − p, which is the gradient of the likely class, is known to 2^−24; less than this of an unlikely one would only become
 * subnormal numbers in the layers before, which are a hundred times slower.
 */
const SMALLEST_PROBABILITY: f32 = 8.673617379884035e-19;

// @ts-ignore: decorator
@inline
function withoutTiny(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(x, splat(SMALLEST_PROBABILITY)));
}

// Of the group that is being computed. Module state is safe here: kernels run to their end and never call back.
let shiftedMax: v128 = f32x4.splat(0);
let sum: v128 = f32x4.splat(0);

/** Writes the four rows' shifted logits l − max and their exponentials to scratch [classes, 2, 4]; sets `sum`. */
// @ts-ignore: decorator
@inline
function exponentials(logits: usize, scratch: usize, row: i32, rows: i32, classes: i32): void {
  const stride: usize = classes << 2;
  shiftedMax = gather(logits, row, rows, stride);
  for (let k = 1; k < classes; k++) shiftedMax = f32x4.max(shiftedMax, gather(logits + (k << 2), row, rows, stride));
  sum = splat(0);
  for (let k = 0; k < classes; k++) {
    const shifted = f32x4.sub(gather(logits + (k << 2), row, rows, stride), shiftedMax);
    const e = exp(shifted);
    sum = f32x4.add(sum, e);
    v128.store(scratch + (k << 5), shifted);
    v128.store(scratch + (k << 5), e, 16);
  }
}

/** H = log Σ − (Σ e·shifted)/Σ; a class of probability 0 adds nothing. */
// @ts-ignore: decorator
@inline
function entropyOf(scratch: usize, classes: i32, logSum: v128): v128 {
  let weighted = splat(0);
  for (let k = 0; k < classes; k++) {
    const e = v128.load(scratch + (k << 5), 16);
    const term = f32x4.mul(e, v128.load(scratch + (k << 5)));
    weighted = f32x4.add(weighted, v128.andnot(term, f32x4.eq(e, splat(0))));
  }
  return f32x4.sub(logSum, f32x4.div(weighted, sum));
}

/** Writes log π(a) and H of a group whose exponentials are in scratch; `action` holds a class in each lane. */
// @ts-ignore: decorator
@inline
function storeLogProbs(scratch: usize, action: v128, logProbs: usize, entropies: usize, row: i32, rows: i32, classes: i32): void {
  const logSum = log(sum);
  let chosen = v128.load(scratch);
  for (let k = 1; k < classes; k++) chosen = v128.bitselect(v128.load(scratch + (k << 5)), chosen, i32x4.eq(action, i32x4.splat(k)));
  scatter(logProbs, row, rows, 4, f32x4.sub(chosen, logSum));
  scatter(entropies, row, rows, 4, entropyOf(scratch, classes, logSum));
}

/**
 * Draws actions [rows] by inverting the cumulative distribution at uniforms [rows] in [0, 1), and writes their
 * log-probabilities and the entropies. The last cumulative sum is the sum itself and u·sum < sum, so a class of probability
 * 0 is never drawn.
 */
export function categoricalSample(logits: usize, uniforms: usize, actions: usize, logProbs: usize, entropies: usize, scratch: usize, rows: i32, classes: i32): void {
  for (let row = 0; row < rows; row += 4) {
    exponentials(logits, scratch, row, rows, classes);
    const threshold = f32x4.mul(gather(uniforms, row, rows, 4), sum);
    let cumulative = splat(0);
    let action = i32x4.splat(0);
    for (let k = 0; k < classes; k++) {
      cumulative = f32x4.add(cumulative, v128.load(scratch + (k << 5), 16));
      action = i32x4.sub(action, f32x4.le(cumulative, threshold));
    }
    scatter(actions, row, rows, 4, action);
    storeLogProbs(scratch, action, logProbs, entropies, row, rows, classes);
  }
}

/** Log-probabilities of given actions [rows], and the entropies. */
export function categoricalEvaluate(logits: usize, actions: usize, logProbs: usize, entropies: usize, scratch: usize, rows: i32, classes: i32): void {
  for (let row = 0; row < rows; row += 4) {
    exponentials(logits, scratch, row, rows, classes);
    storeLogProbs(scratch, gather(actions, row, rows, 4), logProbs, entropies, row, rows, classes);
  }
}

/** The most probable class of each row, of equal ones the first; among those with a mask of 1 where there are masks [rows, classes]. */
export function categoricalMode(logits: usize, masks: usize, actions: usize, rows: i32, classes: i32): void {
  for (let row = 0; row < rows; row++) {
    const at = logits + ((row * classes) << 2);
    let best = -1;
    for (let k = 0; k < classes; k++) {
      if (masks && load<u8>(masks + row * classes + k) == 0) continue;
      if (best < 0 || f32.load(at + (k << 2)) > f32.load(at + (best << 2))) best = k;
    }
    i32.store(actions + (row << 2), best);
  }
}

/**
 * Gradients of the logits from those of log π(a) and H, [rows] each:
 * dl_k = dlogπ·([k = a] − p_k) − dH·p_k·(log p_k + H). Probabilities and entropies below 2^−60 are taken as 0.
 */
export function categoricalBackward(logits: usize, actions: usize, dLogProbs: usize, dEntropies: usize, dLogits: usize, scratch: usize, rows: i32, classes: i32): void {
  const stride: usize = classes << 2;
  for (let row = 0; row < rows; row += 4) {
    exponentials(logits, scratch, row, rows, classes);
    const logSum = log(sum);
    const entropy = withoutTiny(entropyOf(scratch, classes, logSum));
    const action = gather(actions, row, rows, 4);
    const dLogProb = gather(dLogProbs, row, rows, 4);
    const dEntropy = gather(dEntropies, row, rows, 4);
    for (let k = 0; k < classes; k++) {
      const p = withoutTiny(f32x4.div(v128.load(scratch + (k << 5), 16), sum));
      const logP = f32x4.sub(v128.load(scratch + (k << 5)), logSum);
      const indicator = v128.and(splat(1), i32x4.eq(action, i32x4.splat(k)));
      const fromEntropy = v128.andnot(f32x4.mul(f32x4.mul(dEntropy, p), f32x4.add(logP, entropy)), f32x4.eq(p, splat(0)));
      const d = f32x4.sub(f32x4.mul(dLogProb, f32x4.sub(indicator, p)), fromEntropy);
      scatter(dLogits + (k << 2), row, rows, stride, d);
    }
  }
}
