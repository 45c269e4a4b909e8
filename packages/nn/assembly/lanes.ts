// Rows whose length is no multiple of 4: whole vectors first, then single numbers in the first lane.

/** Four numbers, or one. */
// @ts-ignore: decorator
@inline
export function loadLanes(at: usize, four: bool): v128 {
  return four ? v128.load(at) : v128.load32_zero(at);
}

/** Stores four numbers, or the first. */
// @ts-ignore: decorator
@inline
export function storeLanes(at: usize, v: v128, four: bool): void {
  if (four) v128.store(at, v);
  else v128.store_lane<f32>(at, v, 0);
}
