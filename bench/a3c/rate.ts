/** How fast something is. */
export interface Rate {
  readonly stepsPerSecond: number;
  /** Milliseconds of processors' time for a thousand steps. */
  readonly cpuMsPer1000: number;
}
