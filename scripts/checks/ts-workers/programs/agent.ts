// What only a loader reads: an enum, and an import by the name of the compiled file.
import { env, asynchronous as plain, synchronous } from './plain.js';

enum Length {
  rollout = 10,
}

export const asynchronous = plain.options({ rolloutLength: Length.rollout });
export { env, synchronous };
