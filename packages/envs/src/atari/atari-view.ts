import type { DtypeArray, Stage } from '@pg/core';
import type { Shortcut } from '../env/dynamics.js';
import type { Picture } from '../rendering/picture.js';

/** What is seen of a game. */
export interface AtariView {
  /** Remembers what the game shows now. */
  remember(): void;
  /** Writes what the agent sees of the game now, from `offset` on. Hot: no allocation. */
  observe(out: DtypeArray, offset: number): void;
  /** The same, but each number the greater of now and what was remembered; of pictures only. Hot: no allocation. */
  observeBrighter(out: DtypeArray, offset: number): void;
  /** The picture of the game in colours. */
  render(): Picture;
  /** A faster way to what the first stages compute, if there is one. */
  shortcut?(stages: readonly Stage[]): Shortcut | undefined;
  /** What is remembered, as plain data. */
  snapshot(): unknown;
  /** Remembers again what `snapshot` gave. */
  restore(snapshot: unknown): void;
}
