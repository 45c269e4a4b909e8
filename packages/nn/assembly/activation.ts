import { expm1Negative, sigmoid, sigmoidSlope, splat, tanh, tanhSlope } from './math';

/** The codes that the engine passes for the kinds of activation. */
export const RELU: i32 = 0;
export const TANH: i32 = 1;
export const ELU: i32 = 2;
export const SIGMOID: i32 = 3;

// @ts-ignore: decorator
@inline
function activate(x: v128, kind: i32): v128 {
  if (kind == RELU) return f32x4.pmax(x, splat(0));
  if (kind == TANH) return tanh(x);
  if (kind == SIGMOID) return sigmoid(x);
  return f32x4.add(f32x4.pmax(x, splat(0)), expm1Negative(f32x4.pmin(x, splat(0))));
}

/** The derivative written in terms of the result y: relu' = [y > 0], tanh' = 1 − y², elu' = 1 + min(y, 0), sigmoid' = y(1 − y). */
// @ts-ignore: decorator
@inline
function activationGradient(y: v128, dy: v128, kind: i32): v128 {
  if (kind == RELU) return v128.and(dy, f32x4.gt(y, splat(0)));
  if (kind == TANH) return f32x4.mul(dy, tanhSlope(y));
  if (kind == SIGMOID) return f32x4.mul(dy, sigmoidSlope(y));
  return f32x4.mul(dy, f32x4.add(splat(1), f32x4.pmin(y, splat(0))));
}

/** y = f(x) for n numbers; y may be x. */
export function activationForward(x: usize, y: usize, n: i32, kind: i32): void {
  if (kind == RELU) reluAll(x, y, n);
  else if (kind == TANH) tanhAll(x, y, n);
  else if (kind == ELU) eluAll(x, y, n);
  else sigmoidAll(x, y, n);
}

function reluAll(x: usize, y: usize, n: i32): void {
  activateAll(x, y, n, RELU);
}

function tanhAll(x: usize, y: usize, n: i32): void {
  activateAll(x, y, n, TANH);
}

function eluAll(x: usize, y: usize, n: i32): void {
  activateAll(x, y, n, ELU);
}

function sigmoidAll(x: usize, y: usize, n: i32): void {
  activateAll(x, y, n, SIGMOID);
}

// @ts-ignore: decorator
@inline
function activateAll(x: usize, y: usize, n: i32, kind: i32): void {
  const bytes: usize = n << 2;
  const whole: usize = bytes & ~15;
  for (let at: usize = 0; at < whole; at += 16) v128.store(y + at, activate(v128.load(x + at), kind));
  for (let at = whole; at < bytes; at += 4) f32.store(y + at, f32x4.extract_lane(activate(v128.load32_zero(x + at), kind), 0));
}

/** dx = f'(x)·dy, or dx += f'(x)·dy, for n numbers, from the result y; dx may be dy. */
export function activationBackward(y: usize, dy: usize, dx: usize, n: i32, kind: i32, accumulate: i32): void {
  if (kind == RELU) differentiateAll(y, dy, dx, n, RELU, accumulate);
  else if (kind == TANH) differentiateAll(y, dy, dx, n, TANH, accumulate);
  else if (kind == ELU) differentiateAll(y, dy, dx, n, ELU, accumulate);
  else differentiateAll(y, dy, dx, n, SIGMOID, accumulate);
}

// @ts-ignore: decorator
@inline
function differentiateAll(y: usize, dy: usize, dx: usize, n: i32, kind: i32, accumulate: i32): void {
  const bytes: usize = n << 2;
  const whole: usize = bytes & ~15;
  for (let at: usize = 0; at < whole; at += 16) {
    let d = activationGradient(v128.load(y + at), v128.load(dy + at), kind);
    if (accumulate) d = f32x4.add(v128.load(dx + at), d);
    v128.store(dx + at, d);
  }
  for (let at = whole; at < bytes; at += 4) {
    let d = f32x4.extract_lane(activationGradient(v128.load32_zero(y + at), v128.load32_zero(dy + at), kind), 0);
    if (accumulate) d = f32.load(dx + at) + d;
    f32.store(dx + at, d);
  }
}
