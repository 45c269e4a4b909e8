/** A game of the console, one frame (1/60 s) at a time, changed in place. There is no chance in it. */
export interface AtariGame {
  /** Whether the game has ended by its rules. */
  readonly over: boolean;
  /** Lives that are left; always 0 in games without lives. */
  readonly lives: number;
  /** Becomes the state after a reset. */
  begin(): void;
  /**
   * One frame. Hot: no allocation.
   *
   * @param direction - where the knob is turned: −1, 1, or 0 for not at all
   * @param fire - whether the button is held
   * @returns the reward
   */
  step(direction: number, fire: boolean): number;
  /** Everything that the game is now, as plain data. */
  snapshot(): unknown;
  /** Becomes the game that a snapshot was taken from. */
  restore(snapshot: unknown): void;
}
