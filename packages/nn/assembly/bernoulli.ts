// Independent bits with the logits [rows, bits]: p = 1/(1 + e^−l) is the probability of 1. Four rows are computed at a time, one in
// each lane. Everything comes from e^−|l|, so nothing overflows.
import { exp, log1p, sigmoid, splat } from './math';
import { gather, scatter } from './row-lanes';

/** Draws actions [rows, bits] at uniforms [rows, bits] in [0, 1), with log-probabilities and entropies [rows]. */
export function bernoulliSample(logits: usize, uniforms: usize, actions: usize, logProbs: usize, entropies: usize, rows: i32, bits: i32): void {
  const stride: usize = bits << 2;
  for (let row = 0; row < rows; row += 4) {
    for (let at: usize = 0; at < stride; at += 4) {
      const drawn = f32x4.lt(gather(uniforms + at, row, rows, stride), sigmoid(gather(logits + at, row, rows, stride)));
      scatter(actions + at, row, rows, stride, v128.and(drawn, i32x4.splat(1)));
    }
  }
  bernoulliEvaluate(logits, actions, logProbs, entropies, rows, bits);
}

/** log π = −Σ softplus(±l), with − for a bit of 1, and H = Σ log(1 + e^−|l|) + |l|·e^−|l|/(1 + e^−|l|). */
export function bernoulliEvaluate(logits: usize, actions: usize, logProbs: usize, entropies: usize, rows: i32, bits: i32): void {
  const stride: usize = bits << 2;
  for (let row = 0; row < rows; row += 4) {
    let logProb = splat(0);
    let entropy = splat(0);
    for (let at: usize = 0; at < stride; at += 4) {
      const logit = gather(logits + at, row, rows, stride);
      const isZero = i32x4.eq(gather(actions + at, row, rows, stride), i32x4.splat(0));
      const size = f32x4.abs(logit);
      const e = exp(f32x4.neg(size));
      const tail = log1p(e);
      const against = v128.bitselect(logit, f32x4.neg(logit), isZero);
      logProb = f32x4.sub(logProb, f32x4.add(f32x4.max(against, splat(0)), tail));
      entropy = f32x4.add(entropy, f32x4.add(tail, f32x4.div(f32x4.mul(size, e), f32x4.add(splat(1), e))));
    }
    scatter(logProbs, row, rows, 4, logProb);
    scatter(entropies, row, rows, 4, entropy);
  }
}

/** 1 where p ≥ ½, for n bits. */
export function bernoulliMode(logits: usize, actions: usize, n: i32): void {
  for (let i = 0; i < n; i++) i32.store(actions + (i << 2), f32.load(logits + (i << 2)) >= 0 ? 1 : 0);
}

/** Gradients of the logits from those of log π(a) and H, [rows] each: dl = dlogπ·(bit − p) − dH·l·p·(1 − p). */
export function bernoulliBackward(logits: usize, actions: usize, dLogProbs: usize, dEntropies: usize, dLogits: usize, rows: i32, bits: i32): void {
  const stride: usize = bits << 2;
  for (let row = 0; row < rows; row += 4) {
    const dLogProb = gather(dLogProbs, row, rows, 4);
    const dEntropy = gather(dEntropies, row, rows, 4);
    for (let at: usize = 0; at < stride; at += 4) {
      const logit = gather(logits + at, row, rows, stride);
      const isZero = i32x4.eq(gather(actions + at, row, rows, stride), i32x4.splat(0));
      const one = sigmoid(logit);
      const zero = sigmoid(f32x4.neg(logit));
      // bit − p without cancellation
      const surprise = v128.bitselect(f32x4.neg(one), zero, isZero);
      const fromEntropy = f32x4.mul(f32x4.mul(dEntropy, logit), f32x4.mul(one, zero));
      scatter(dLogits + at, row, rows, stride, f32x4.sub(f32x4.mul(dLogProb, surprise), fromEntropy));
    }
  }
}
