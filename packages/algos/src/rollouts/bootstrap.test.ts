import { vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';
import { expect, test } from 'vitest';
import { recordedWalk } from '../../fixtures/environments.js';
import { collectorOf } from '../../fixtures/runs.js';
import { rolloutValues } from './bootstrap.js';

test('values are of the states, next values of the true successors: of the final observation where the time limit cut', () => {
  const N = 4;
  const T = 11;
  const { env, log } = recordedWalk({ maxSteps: 4, longest: 7 });
  const policy = actorCritic({ encoder: mlp([8]) });
  let bootstrap: ReturnType<typeof rolloutValues> | undefined;
  const { run, collector, rollout } = collectorOf(vectorize(env, { numEnvs: N }), T, { policy, onTruncated: (t) => bootstrap!.valueFinalObs(t) });
  bootstrap = rolloutValues(run.network, 'value', rollout);
  for (let i = 0; i < 3; i++) {
    log.length = 0;
    collector.collectSteps();
    bootstrap.complete();
    const { values, nextValues } = bootstrap;
    const seen = { terminated: 0, truncated: 0, both: 0, neither: 0 };
    log.forEach(({ obs, nextObs, terminated, truncated }, row) => {
      expect(values[row]).toBe(run.policy.value(Float32Array.from(obs)));
      seen[terminated && truncated ? 'both' : terminated ? 'terminated' : truncated ? 'truncated' : 'neither'] += 1;
      // at termination it is multiplied by zero: any finite number will do
      if (terminated) expect(Number.isFinite(nextValues[row])).toBe(true);
      else expect(nextValues[row]).toBe(run.policy.value(Float32Array.from(nextObs)));
    });
    for (const count of [seen.terminated, seen.truncated, seen.neither]) expect(count).toBeGreaterThan(0);
  }
});

test('the value of a final observation is not that of the next first one', () => {
  const { env, log } = recordedWalk({ maxSteps: 3 });
  let bootstrap: ReturnType<typeof rolloutValues> | undefined;
  const { run, collector, rollout } = collectorOf(vectorize(env, { numEnvs: 1 }), 6, {
    policy: actorCritic({ encoder: mlp([8]) }),
    onTruncated: (t) => bootstrap!.valueFinalObs(t),
  });
  bootstrap = rolloutValues(run.network, 'value', rollout);
  collector.collectSteps();
  bootstrap.complete();
  expect(bootstrap.nextValues[2]).toBe(run.policy.value(Float32Array.from(log[2]!.nextObs)));
  expect(bootstrap.nextValues[2]).not.toBe(bootstrap.values[3]);
  // inside an episode the successor is the next row
  expect(bootstrap.nextValues[3]).toBe(bootstrap.values[4]);
});
