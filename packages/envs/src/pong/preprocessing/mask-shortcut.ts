import type { DtypeArray, SparseRows, Stage } from '@pg/core';
import type { Shortcut } from '../../env/dynamics.js';
import type { PongGame } from '../physics.js';
import { type Scene, SceneMemory, sceneOf } from '../scene.js';
import type { ScreenColors } from '../screen.js';
import { differenceOf, type MaskDifference } from './difference.js';
import { MaskCanvas } from './mask-canvas.js';

/** The way around a difference of masks directly behind Pong: sprites are added to zeros, and no picture is drawn. */
export function maskShortcut(stages: readonly Stage[], game: PongGame, colors: ScreenColors): Shortcut | undefined {
  const difference = stages[0] && differenceOf(stages[0]);
  return difference && new MaskShortcut(difference, game, colors);
}

/** A scene that was observed, and whether its background counts as empty. */
class Observed {
  readonly scene = new SceneMemory();
  empty = true;
}

/** Remembers the scenes of the last observations instead of their masks. */
class MaskShortcut implements Shortcut {
  readonly stages = 1;
  readonly #game: PongGame;
  readonly #canvas: MaskCanvas;
  /** Whether the background of a reset counts as empty. */
  readonly #emptyReset: boolean;
  /** The last observations, one more than the lag; the newest at `#newest`, the oldest behind it. */
  readonly #observed: readonly Observed[];
  #newest = 0;

  constructor({ mask, lag }: MaskDifference, game: PongGame, { reset }: ScreenColors) {
    this.#game = game;
    this.#canvas = new MaskCanvas(mask);
    this.#emptyReset = mask.erased.includes(reset.background[mask.channel]!);
    this.#observed = Array.from({ length: lag + 1 }, () => new Observed());
  }

  begin(): void {
    for (const observed of this.#observed) this.#remember(observed);
  }

  step(): void {
    this.#newest = this.#next();
    this.#remember(this.#observed[this.#newest]!);
  }

  observe(out: DtypeArray, offset: number): void {
    const newest = this.#observed[this.#newest]!;
    const oldest = this.#observed[this.#next()]!;
    this.#canvas.clear(out, offset);
    if (newest.empty && oldest.empty) this.#canvas.addDifference(newest.scene, oldest.scene);
    else {
      this.#add(newest, 1);
      this.#add(oldest, -1);
    }
  }

  observeSparse(out: SparseRows, row: number): boolean {
    const newest = this.#observed[this.#newest]!;
    const oldest = this.#observed[this.#next()]!;
    if (!newest.empty || !oldest.empty) return false;
    this.#canvas.open();
    this.#canvas.addDifference(newest.scene, oldest.scene);
    return this.#canvas.writeList(out, row);
  }

  #next(): number {
    return (this.#newest + 1) % this.#observed.length;
  }

  #remember(observed: Observed): void {
    observed.scene.copy(sceneOf(this.#game));
    observed.empty = this.#game.frame > 0 || this.#emptyReset;
  }

  #add({ scene, empty }: Observed, value: number): void {
    if (empty) this.#canvas.add(scene, value);
    else this.#canvas.addToAll(value);
  }

  snapshot(): unknown {
    return { newest: this.#newest, observed: this.#observed.map(({ scene, empty }) => ({ scene: scene.copied(), empty })) };
  }

  restore(snapshot: unknown): void {
    const { newest, observed } = snapshot as { newest: number; observed: readonly { scene: Scene; empty: boolean }[] };
    this.#newest = newest;
    this.#observed.forEach((own, i) => {
      own.scene.copy(observed[i]!.scene);
      own.empty = observed[i]!.empty;
    });
  }
}
