import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';

/** How an animated GIF plays. */
export interface GifOptions {
  /** Frames a second, at most 50: viewers play faster ones slowly. Default 30. A CartPole runs at 50 in real time. */
  readonly fps?: number;
  /** Whether it plays again and again. Default true. */
  readonly loop?: boolean;
}

/** The options with their defaults filled in. */
export type GifSettings = Required<GifOptions>;

const schema = z.strictObject({
  fps: z._default(z.number().check(z.gt(0), z.lte(50)), 30),
  loop: z._default(z.boolean(), true),
});

/** Checks the options of a GIF and fills in the defaults. */
export function parseGifOptions(where: string, options: GifOptions): GifSettings {
  return parseOptions(where, schema, options);
}
