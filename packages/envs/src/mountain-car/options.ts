import * as z from 'zod/mini';
import { MAX_SPEED } from './dynamics.js';

/** What {@link mountainCar} and {@link mountainCarContinuous} can be told. */
export interface MountainCarOptions {
  /** The time limit in steps; by default 200, of the continuous form 999. */
  readonly maxSteps?: number;
  /** How fast the car has to be at its goal, in positions a step: from 0, the default, to 0.07, its bound. */
  readonly goalVelocity?: number;
}

/** The check of {@link MountainCarOptions}. */
export function optionsSchema(maxSteps: number) {
  return z.strictObject({
    maxSteps: z._default(z.int().check(z.gte(1)), maxSteps),
    goalVelocity: z._default(z.number().check(z.gte(0), z.lte(MAX_SPEED)), 0),
  });
}
