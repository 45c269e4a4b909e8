/** One point of a curve; one that is not finite in x or y is a gap. */
export interface CurvePoint {
  /** Usually the environment step. */
  readonly x: number;
  /** Usually the mean return. */
  readonly y: number;
}

/** How far several runs lie apart at one place of a curve. */
export interface BandPoint {
  /** The place. */
  readonly x: number;
  /** The lower edge. */
  readonly low: number;
  /** The upper edge. */
  readonly high: number;
}

/** An area around a curve that is the median of several runs. */
export interface CurveBand {
  /** How many runs. */
  readonly runs: number;
  /** What they are and what the area covers, for example "seeds, from the lowest to the highest": the plot says "median of 5 seeds, …". */
  readonly label: string;
  /** Its edges, in the order in which they are joined. */
  readonly points: readonly BandPoint[];
}

/** One curve: a run, the median of several, or one quantity of a run. */
export interface CurveSeries {
  /** Its name, shown at its end when there are several. */
  readonly label: string;
  /** Its points in the order in which they are joined. */
  readonly points: readonly CurvePoint[];
  /** The area around it, when it stands for several runs; `medianCurve` makes both. */
  readonly band?: CurveBand;
}

/** Whether a point can be drawn. */
export function isFinitePoint({ x, y }: CurvePoint): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}
