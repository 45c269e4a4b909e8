import { contains, describeSpace, describeValue, type Space } from '@pg/core';
import type { Wrapper } from '@pg/envs';
import { playFrom } from '../playing.js';
import type { CheckContext, CheckResult } from '../report.js';
import { boundAround } from './own-observations.js';

/** Nothing throws. What the library itself refuses is left to the check that it is about. */
export function checkRuns({ spec, seed, steps }: CheckContext): CheckResult {
  playFrom(spec, seed, steps);
  return [];
}

/** What comes out behind all stages lies in the observation space, as the right kind of array. */
export function checkObservations({ spec, seed, steps }: CheckContext): CheckResult {
  const { first, played } = playFrom(spec, seed, steps);
  const observations = [first, ...played.flatMap(({ obs, next }) => (next ? [obs, next] : [obs]))];
  const space: Space = spec.observationSpace;
  const wrong = observations.find((obs) => !contains(space, space.kind === 'discrete' ? obs[0] : obs));
  if (wrong === undefined) return [];
  return [
    {
      got: `the observation ${describeValue(wrong)}${boundAround(space, wrong)}`,
      expected: `an element of ${describeSpace(space)}`,
      remedy: 'Widen the bounds of the observation space, or clip what the environment or its last stage gives.',
    },
  ];
}

/** Whether an episode has ended is said by true or false. */
export function checkFlags({ spec, seed, steps }: CheckContext): CheckResult {
  const { played } = playFrom(spec, seed, steps);
  for (const name of ['terminated', 'truncated'] as const) {
    const wrong = played.find((step) => typeof step[name] !== 'boolean');
    if (wrong) return [{ got: `${name}: ${describeValue(wrong[name])}`, expected: 'true or false', remedy: `Keep a boolean in "${name}", from begin() on.` }];
  }
  return [];
}

/** Episodes are cut at the time limit, and not before. */
export function checkTimeLimit({ spec, seed, steps }: CheckContext): CheckResult {
  // an episode to the end of its time, but not for ever
  const { played } = playFrom(spec, seed, Number.isFinite(spec.maxSteps) ? Math.max(steps, Math.min(spec.maxSteps + 1, 5 * steps)) : steps);
  const wrapped = spec['~source'].layers.some((layer): layer is Wrapper => 'wrap' in layer);
  let elapsed = 0;
  for (const { truncated, terminated } of played) {
    elapsed += 1;
    // behind wrappers that skip steps an episode's time may be over sooner
    const early = truncated && elapsed < spec.maxSteps && !wrapped;
    if (early || (!truncated && elapsed >= spec.maxSteps)) {
      return [
        {
          got: `${early ? 'truncated' : 'an episode that is not truncated'} at step ${elapsed}`,
          expected: `truncated at step ${spec.maxSteps}`,
          remedy: 'Leave "truncated" to the library; a wrapper that changes time has to say its maxSteps.',
        },
      ];
    }
    if (truncated || terminated) elapsed = 0;
  }
  return [];
}
