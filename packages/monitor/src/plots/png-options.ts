import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';

/** How an SVG document is drawn. */
export interface PngOptions {
  /** Pixels of the picture for each pixel of the document. Default 2, which is sharp on today's screens. */
  readonly scale?: number;
}

const schema = z.strictObject({ scale: z._default(z.number().check(z.gt(0), z.lte(16)), 2) });

/** Checks the options of a PNG. */
export function parsePngOptions(where: string, options: PngOptions): Required<PngOptions> {
  return parseOptions(where, schema, options);
}
