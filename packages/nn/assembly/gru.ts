// The gates of a gated recurrent unit (Cho et al. 2014), one time step of some rows at a time. Gates [rows, 3, units] are in
// the order r, z, n; h is [rows, units].
import { loadLanes, storeLanes } from './lanes';
import { sigmoid, sigmoidSlope, splat, tanh, tanhSlope } from './math';

/**
 * r, z = σ(gates + recurrent) and n = tanh(gates + r·recurrent), in place in `gates`; h = (1 − z)·n + z·hBefore. `gates` holds
 * x·W + b, `recurrent` h·U + d, whose last third the backward pass needs.
 */
export function gruForward(gates: usize, recurrent: usize, hBefore: usize, h: usize, rows: i32, units: i32): void {
  const size: usize = units << 2;
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < size; ) {
      const four = at + 16 <= size;
      const r = sigmoid(f32x4.add(loadLanes(gates + at, four), loadLanes(recurrent + at, four)));
      const z = sigmoid(f32x4.add(loadLanes(gates + size + at, four), loadLanes(recurrent + size + at, four)));
      const reset = f32x4.mul(r, loadLanes(recurrent + 2 * size + at, four));
      const n = tanh(f32x4.add(loadLanes(gates + 2 * size + at, four), reset));
      storeLanes(gates + at, r, four);
      storeLanes(gates + size + at, z, four);
      storeLanes(gates + 2 * size + at, n, four);
      const kept = f32x4.mul(z, loadLanes(hBefore + at, four));
      storeLanes(h + at, f32x4.add(f32x4.mul(f32x4.sub(splat(1), z), n), kept), four);
      at += four ? 16 : 4;
    }
    gates += 3 * size;
    recurrent += 3 * size;
    hBefore += size;
    h += size;
  }
}

/**
 * The gradients of the gates' inputs from δ = ∂L/∂h = dy + dh: dz = δ·(hBefore − n)·σ'(z), dn = δ·(1 − z)·tanh'(n),
 * dr = dn·recurrent_n·σ'(r). dGates [rows, 3, units] is that of x·W + b: dr, dz, dn; dRecurrent that of h·U + d: dr, dz, dn·r.
 * dh becomes the part of hBefore's gradient that does not go through U, δ·z.
 */
export function gruBackward(
  gates: usize,
  recurrent: usize,
  hBefore: usize,
  dy: usize,
  dh: usize,
  dGates: usize,
  dRecurrent: usize,
  rows: i32,
  units: i32,
): void {
  const size: usize = units << 2;
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < size; ) {
      const four = at + 16 <= size;
      const r = loadLanes(gates + at, four);
      const z = loadLanes(gates + size + at, four);
      const n = loadLanes(gates + 2 * size + at, four);
      const delta = f32x4.add(loadLanes(dy + at, four), loadLanes(dh + at, four));
      const dn = f32x4.mul(f32x4.mul(delta, f32x4.sub(splat(1), z)), tanhSlope(n));
      const dr = f32x4.mul(f32x4.mul(dn, loadLanes(recurrent + 2 * size + at, four)), sigmoidSlope(r));
      const dz = f32x4.mul(f32x4.mul(delta, f32x4.sub(loadLanes(hBefore + at, four), n)), sigmoidSlope(z));
      storeLanes(dGates + at, dr, four);
      storeLanes(dGates + size + at, dz, four);
      storeLanes(dGates + 2 * size + at, dn, four);
      storeLanes(dRecurrent + at, dr, four);
      storeLanes(dRecurrent + size + at, dz, four);
      storeLanes(dRecurrent + 2 * size + at, f32x4.mul(dn, r), four);
      storeLanes(dh + at, f32x4.mul(delta, z), four);
      at += four ? 16 : 4;
    }
    gates += 3 * size;
    recurrent += 3 * size;
    dGates += 3 * size;
    dRecurrent += 3 * size;
    hBefore += size;
    dy += size;
    dh += size;
  }
}
