import { Rng } from '@pg/core';
import type { CheckContext, CheckResult } from '../report.js';

const remedy = 'Let close() remember that it was called, and do nothing the second time or when there was no episode.';

/** A copy may be closed twice, and before its first episode. */
export function checkClose({ spec, seed }: CheckContext): CheckResult {
  const { createDynamics } = spec['~source'];
  const begun = createDynamics();
  if (begun.close === undefined) return 'nothing to check';
  try {
    createDynamics().close!();
    begun.begin(Rng.fromSeed(seed));
    begun.close();
    begun.close();
    return [];
  } catch (error) {
    return [{ got: `${String(error)} when it is closed`, expected: 'a close() that may be called at any time, twice as well', remedy }];
  }
}
