import { createElements, type Elements, type Space } from '@pg/core';
import type { VectorStep } from './vector-env.js';

/** Arrays that steps of N copies are written to. */
export function createVectorStep<TObs extends Space>(observationSpace: TObs, numEnvs: number): VectorStep<Elements<TObs>> {
  return {
    obs: createElements(observationSpace, numEnvs),
    rewards: new Float32Array(numEnvs),
    terminated: new Uint8Array(numEnvs),
    truncated: new Uint8Array(numEnvs),
    finalObs: createElements(observationSpace, numEnvs),
  };
}
