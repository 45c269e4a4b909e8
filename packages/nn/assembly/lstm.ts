// The gates of a long short-term memory (Hochreiter and Schmidhuber 1997; forget gate of Gers et al. 2000), one time step of
// some rows at a time. Gates [rows, 4, units] are in the order i, f, g, o; h and c are [rows, units].
import { loadLanes, storeLanes } from './lanes';
import { sigmoid, sigmoidSlope, tanh, tanhSlope } from './math';

// @ts-ignore: decorator
@inline
function gateInput(gates: usize, bias: usize, four: bool): v128 {
  return f32x4.add(loadLanes(gates, four), loadLanes(bias, four));
}

/**
 * i, f, o = σ(gates + bias), g = tanh(gates + bias), in place; c = f·cBefore + i·g; h = o·tanh(c). bias [4, units] is the
 * recurrent one: the gates hold x·W + b + h·U already.
 */
export function lstmForward(gates: usize, bias: usize, cBefore: usize, c: usize, h: usize, rows: i32, units: i32): void {
  const size: usize = units << 2;
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < size; ) {
      const four = at + 16 <= size;
      const i = sigmoid(gateInput(gates + at, bias + at, four));
      const f = sigmoid(gateInput(gates + size + at, bias + size + at, four));
      const g = tanh(gateInput(gates + 2 * size + at, bias + 2 * size + at, four));
      const o = sigmoid(gateInput(gates + 3 * size + at, bias + 3 * size + at, four));
      const cell = f32x4.add(f32x4.mul(f, loadLanes(cBefore + at, four)), f32x4.mul(i, g));
      storeLanes(gates + at, i, four);
      storeLanes(gates + size + at, f, four);
      storeLanes(gates + 2 * size + at, g, four);
      storeLanes(gates + 3 * size + at, o, four);
      storeLanes(c + at, cell, four);
      storeLanes(h + at, f32x4.mul(o, tanh(cell)), four);
      at += four ? 16 : 4;
    }
    gates += 4 * size;
    cBefore += size;
    c += size;
    h += size;
  }
}

/**
 * The gradients of the gates' inputs, dGates [rows, 4, units], from ∂L/∂h = dy + dh and dc, what the step after this one wants
 * of c: with δ = dc + (dy + dh)·o·tanh'(c), di = δ·g·σ'(i), df = δ·cBefore·σ'(f), dg = δ·i·tanh'(g),
 * do = (dy + dh)·tanh(c)·σ'(o). dc becomes that of cBefore, δ·f. `gates` holds the values that {@link lstmForward} left.
 */
export function lstmBackward(gates: usize, cBefore: usize, c: usize, dy: usize, dh: usize, dc: usize, dGates: usize, rows: i32, units: i32): void {
  const size: usize = units << 2;
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < size; ) {
      const four = at + 16 <= size;
      const i = loadLanes(gates + at, four);
      const f = loadLanes(gates + size + at, four);
      const g = loadLanes(gates + 2 * size + at, four);
      const o = loadLanes(gates + 3 * size + at, four);
      const read = tanh(loadLanes(c + at, four));
      const gradient = f32x4.add(loadLanes(dy + at, four), loadLanes(dh + at, four));
      const delta = f32x4.add(loadLanes(dc + at, four), f32x4.mul(f32x4.mul(gradient, o), tanhSlope(read)));
      storeLanes(dGates + at, f32x4.mul(f32x4.mul(delta, g), sigmoidSlope(i)), four);
      storeLanes(dGates + size + at, f32x4.mul(f32x4.mul(delta, loadLanes(cBefore + at, four)), sigmoidSlope(f)), four);
      storeLanes(dGates + 2 * size + at, f32x4.mul(f32x4.mul(delta, i), tanhSlope(g)), four);
      storeLanes(dGates + 3 * size + at, f32x4.mul(f32x4.mul(gradient, read), sigmoidSlope(o)), four);
      storeLanes(dc + at, f32x4.mul(delta, f), four);
      at += four ? 16 : 4;
    }
    gates += 4 * size;
    dGates += 4 * size;
    cBefore += size;
    c += size;
    dy += size;
    dh += size;
    dc += size;
  }
}
