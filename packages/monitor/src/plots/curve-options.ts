import { InvalidOptionsError, parseOptions } from '@pg/core';
import * as z from 'zod/mini';

/** A level to compare with, drawn as a dashed line. */
export interface ReferenceLine {
  /** Where it lies on the y axis. */
  readonly y: number;
  /** What it means, for example "solved at 195". */
  readonly label: string;
}

/** How an axis divides its length: evenly, or by powers of ten. */
export type AxisScale = 'linear' | 'log';

/** How a learning curve is drawn. */
export interface LearningCurveOptions {
  /** Text above the plot, in up to three lines. Default none. */
  readonly title?: string;
  /** Smaller text below the title. Default what the bands of the series are, if they have any; `''` for none. */
  readonly note?: string;
  /** Text below the x axis. Default "environment steps", or "wall-clock time" when x is in seconds; then the unit shown follows. */
  readonly xLabel?: string;
  /** Text beside the y axis. Default "mean return". */
  readonly yLabel?: string;
  /** What x is: numbers, or seconds, which are shown as seconds, minutes, hours or days. Default numbers. */
  readonly xUnit?: 'number' | 'seconds';
  /** How the x axis is divided; on a logarithmic one, what is not above 0 is a gap. Default "linear". */
  readonly xScale?: AxisScale;
  /** How the y axis is divided, likewise. Default "linear". */
  readonly yScale?: AxisScale;
  /** Whether each point is marked with a dot, as suits a few measurements. Default false. */
  readonly markers?: boolean;
  /** Width of the image in pixels, at least 240. Default 800. */
  readonly width?: number;
  /** Height of the image in pixels, at least 160. Default 450. */
  readonly height?: number;
  /** A level to compare with. Default none. */
  readonly reference?: ReferenceLine;
}

/** The options of a learning curve with their defaults filled in. */
export type CurveSettings = Required<Omit<LearningCurveOptions, 'reference' | 'note'>> & {
  readonly reference?: ReferenceLine | undefined;
  readonly note?: string | undefined;
};

const scale = z._default(z.enum(['linear', 'log']), 'linear');

const schema = z.strictObject({
  title: z._default(z.string(), ''),
  note: z.optional(z.string()),
  xLabel: z.optional(z.string()),
  yLabel: z._default(z.string(), 'mean return'),
  xUnit: z._default(z.enum(['number', 'seconds']), 'number'),
  xScale: scale,
  yScale: scale,
  markers: z._default(z.boolean(), false),
  width: z._default(z.number().check(z.gte(240)), 800),
  height: z._default(z.number().check(z.gte(160)), 450),
  reference: z.optional(z.strictObject({ y: z.number(), label: z.string() })),
});

/** Checks the options of a learning curve and fills in the defaults. */
export function parseCurveOptions(where: string, options: LearningCurveOptions): CurveSettings {
  const settings = parseOptions(where, schema, options);
  const { reference, yScale, xUnit } = settings;
  if (reference !== undefined && yScale === 'log' && !(reference.y > 0)) {
    throw new InvalidOptionsError({
      where,
      got: `reference.y: ${reference.y} with yScale: "log"`,
      expected: 'a level above 0',
      remedy: 'Leave the reference out, or draw with yScale: "linear".',
    });
  }
  return { ...settings, xLabel: settings.xLabel ?? (xUnit === 'seconds' ? 'wall-clock time' : 'environment steps') };
}
