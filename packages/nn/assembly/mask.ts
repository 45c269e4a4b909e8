// Masks of a categorical distribution: a byte for each class of each row, 0 where the class is not allowed.

/** The first of the rows of masks [rows, classes] in which no class is allowed; −1 when there is none. */
export function rowWithoutChoice(masks: usize, rows: i32, classes: i32): i32 {
  for (let row = 0; row < rows; row++) {
    let any: u8 = 0;
    for (let k = 0; k < classes; k++) any |= load<u8>(masks + row * classes + k);
    if (any == 0) return row;
  }
  return -1;
}

/** Copies n logits, with −∞ in place of those that are masked: their probability is exactly 0. */
export function maskLogits(logits: usize, masks: usize, masked: usize, n: i32): void {
  for (let i = 0; i < n; i++) f32.store(masked + (i << 2), load<u8>(masks + i) ? f32.load(logits + (i << 2)) : -Infinity);
}

/** Zeroes those of n gradients that are masked, whatever was in them. */
export function clearMasked(gradients: usize, masks: usize, n: i32): void {
  for (let i = 0; i < n; i++) if (load<u8>(masks + i) == 0) f32.store(gradients + (i << 2), 0);
}

/** Puts the first allowed class in place of a masked action: where logits are NaN, nothing was chosen by them. */
export function allowActions(actions: usize, masks: usize, rows: i32, classes: i32): void {
  for (let row = 0; row < rows; row++) {
    const mask = masks + row * classes;
    let action = i32.load(actions + (row << 2));
    if (load<u8>(mask + action)) continue;
    for (action = 0; load<u8>(mask + action) == 0; ) action++;
    i32.store(actions + (row << 2), action);
  }
}
