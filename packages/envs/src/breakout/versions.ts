import { type AtariVersionName, atariVersions } from '../atari/versions.js';

/** A name of {@link breakoutVersions}. */
export type BreakoutVersion = AtariVersionName<'Breakout'>;

/** The names that Gym and Gymnasium have registered Breakout under, and what they mean there. */
export const breakoutVersions = atariVersions('Breakout');
