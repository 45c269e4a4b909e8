import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';

/** A level to compare with, drawn as a dashed line. */
export interface ReferenceLine {
  /** Where it lies on the y axis. */
  readonly y: number;
  /** What it means, for example "solved at 195". */
  readonly label: string;
}

/** How a learning curve is drawn. */
export interface LearningCurveOptions {
  /** Text above the plot. Default none. */
  readonly title?: string;
  /** Text below the x axis. Default "environment steps". */
  readonly xLabel?: string;
  /** Text beside the y axis. Default "mean return". */
  readonly yLabel?: string;
  /** Width of the image in pixels, at least 240. Default 800. */
  readonly width?: number;
  /** Height of the image in pixels, at least 160. Default 450. */
  readonly height?: number;
  /** A level to compare with. Default none. */
  readonly reference?: ReferenceLine;
}

/** The options of a learning curve with their defaults filled in. */
export type CurveSettings = Required<Omit<LearningCurveOptions, 'reference'>> & { readonly reference?: ReferenceLine | undefined };

const schema = z.strictObject({
  title: z._default(z.string(), ''),
  xLabel: z._default(z.string(), 'environment steps'),
  yLabel: z._default(z.string(), 'mean return'),
  width: z._default(z.number().check(z.gte(240)), 800),
  height: z._default(z.number().check(z.gte(160)), 450),
  reference: z.optional(z.strictObject({ y: z.number(), label: z.string() })),
});

/** Checks the options of a learning curve and fills in the defaults. */
export function parseCurveOptions(where: string, options: LearningCurveOptions): CurveSettings {
  return parseOptions(where, schema, options);
}
