import * as z from 'zod/mini';
import type { AtariVersionSettings } from './versions.js';

/** What the agent sees: the picture in colours or in gray, or the numbers of the game's state. */
export type AtariObservation = 'rgb' | 'grayscale' | 'state';

/** What every game can be told. */
export interface AtariOptions<TVersion extends string, TObservation extends AtariObservation> extends Partial<AtariVersionSettings> {
  /** Where frame skip, repeated actions and time limit come from if they are not given; the `Deterministic-v4` one by default. */
  readonly version?: TVersion;
  /** Each episode begins with 1 to so many frames without an action; 0 by default, none. At most 250. */
  readonly noopMax?: number;
  /** `rgb` by default. */
  readonly observation?: TObservation;
  /** Pictures are the brighter of a step's last two frames, number by number, as in DeepMind's experiments; false by default. */
  readonly maxOfTwoFrames?: boolean;
}

/** Those of {@link AtariOptions} that say how a game is stepped, once checked. */
export interface ParsedAtariOptions {
  readonly frameSkip?: AtariVersionSettings['frameSkip'] | undefined;
  readonly repeatActionProbability?: number | undefined;
  readonly maxSteps?: number | undefined;
  readonly noopMax: number;
  readonly maxOfTwoFrames: boolean;
}

const frames = z.int().check(z.gte(1), z.lte(1000));

/** The parts of a schema for {@link AtariOptions}, for a strict object. */
export function atariOptions<TVersion extends string>(versions: Readonly<Record<TVersion, AtariVersionSettings>>, version: NoInfer<TVersion>) {
  return {
    version: z._default(z.enum(Object.keys(versions) as TVersion[]), version),
    frameSkip: z.optional(
      z.custom<number | readonly [number, number]>(isFrameSkip, { error: 'a whole number of frames from 1 to 1000, or a range [from, to] of such' }),
    ),
    repeatActionProbability: z.optional(z.number().check(z.gte(0), z.lt(1))),
    noopMax: z._default(z.int().check(z.gte(0), z.lte(250)), 0),
    observation: z._default(z.enum(['rgb', 'grayscale', 'state']), 'rgb'),
    maxOfTwoFrames: z._default(z.boolean(), false),
    maxSteps: z.optional(z.int().check(z.gte(1))),
  };
}

function isFrameSkip(value: unknown): boolean {
  const range = typeof value === 'number' ? [value, value] : value;
  return Array.isArray(range) && range.length === 2 && range.every((count) => frames.safeParse(count).success) && range[0] <= range[1];
}
