import type { DtypeArray, Rng } from '@pg/core';

/** Many copies of one environment's state in flat arrays, stepped in one loop; time limit and resets are added around it. */
export interface BatchDynamics {
  /** Starts an episode in one copy. */
  init(index: number, rng: Rng): void;
  /** Takes a step in every copy; writes each one's reward and whether it ended (1 or 0). Hot: no allocation. */
  step(actions: Int32Array | Float32Array, rewards: Float32Array, terminated: Uint8Array): void;
  /** Writes one copy's observation from `offset` on. Hot: no allocation. */
  observe(index: number, out: DtypeArray, offset: number): void;
  /** Writes which actions one copy allows now, 1 or 0 for each choice, from `offset` on; where the definition has `actionMask`. Hot: no allocation. */
  actionMask?(index: number, out: Uint8Array, offset: number): void;
  /** One copy's state, as plain data that later steps do not change. */
  snapshot(index: number): unknown;
  /** Puts one copy's state back. */
  restore(index: number, snapshot: unknown): void;
}
