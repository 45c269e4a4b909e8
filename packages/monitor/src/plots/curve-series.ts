/** One point of a curve; one that is not finite in x or y is a gap. */
export interface CurvePoint {
  /** Usually the environment step. */
  readonly x: number;
  /** Usually the mean return. */
  readonly y: number;
}

/** One curve: a run, or one quantity of it. */
export interface CurveSeries {
  /** Its name, shown at its end when there are several. */
  readonly label: string;
  /** Its points in the order in which they are joined. */
  readonly points: readonly CurvePoint[];
}

/** Whether a point can be drawn. */
export function isFinitePoint({ x, y }: CurvePoint): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}
