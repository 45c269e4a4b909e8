import { type AtariVersionName, atariVersions } from '../atari/versions.js';

/** A name of {@link pongVersions}. */
export type PongVersion = AtariVersionName<'Pong'>;

/** The names that Gym and Gymnasium have registered Pong under, and what they mean there. */
export const pongVersions = atariVersions('Pong');
