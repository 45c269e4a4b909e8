import { allocate, createElements, type Elements, type Space } from '@pg/core';
import type { VectorStep } from './vector-env.js';

/** Arrays that steps of N copies are written to. */
export function createVectorStep<TObs extends Space>(observationSpace: TObs, numEnvs: number): VectorStep<Elements<TObs>> {
  const of = `one number for each of ${numEnvs} copies`;
  return {
    obs: createElements(observationSpace, numEnvs),
    rewards: allocate(Float32Array, numEnvs, of),
    terminated: allocate(Uint8Array, numEnvs, of),
    truncated: allocate(Uint8Array, numEnvs, of),
    finalObs: createElements(observationSpace, numEnvs),
  };
}
