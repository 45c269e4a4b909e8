import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { normalizeObservations } from '../normalization/normalize-observations.js';
import { normalizeRewards } from '../normalization/normalize-rewards.js';
import { make } from '../registry/registry.js';
import { vectorize } from '../vector/vectorize.js';
import { episodeStatistics } from './episode-statistics.js';
import { frameSkip } from './frame-skip.js';
import { rewardScale } from './reward-scale.js';
import { stickyActions } from './sticky-actions.js';
import { timeAwareObservation } from './time-aware-observation.js';
import { timeLimit } from './time-limit.js';

/** The example of the README, so that the compiler sees it; the test below says that it is the same. */
function example(console: { log(seen: unknown): void }): void {
  // #region README
  const spec = make('CartPole-v1') // [4]
    .pipe(stickyActions(0.1)) // every tenth frame executes the action before once more
    .pipe(episodeStatistics()) // true returns, lengths in frames
    .pipe(frameSkip(2)) // an action lasts two frames, rewards are summed
    .pipe(rewardScale(0.5))
    .pipe(timeLimit(100))
    .pipe(timeAwareObservation()) // [5]: the part of the 100 steps that has passed
    .pipe(normalizeObservations())
    .pipe(normalizeRewards({ gamma: 0.99 }));

  const envs = vectorize(spec, { numEnvs: 16 }).make({ seed: 7 });
  envs.reset();
  const { terminated, truncated } = envs.step(new Int32Array(16));
  if (terminated[0] || truncated[0]) console.log(envs.lastEpisodes?.returns[0]);

  // what was learned goes along with the policy; evaluation uses it and learns nothing; rewards are kept as they were as well
  const learned = envs.normalization?.state();
  const evaluation = vectorize(spec, { numEnvs: 4 }).make({ seed: 8 });
  if (evaluation.normalization && learned) {
    evaluation.normalization.restore(learned);
    evaluation.normalization.frozen = true;
    evaluation.reset();
    evaluation.step(new Int32Array(4));
    console.log(evaluation.normalization.rawRewards);
  }
  // #endregion
}

const lines = (text: string) => text.split('\n').map((line) => line.trim());

test('the example of the README is the one that is compiled and run here', () => {
  const source = readFileSync(new URL(import.meta.url), 'utf8');
  const region = source.slice(source.indexOf('// #region README') + 17, source.indexOf('  // #endregion')).trim();
  const readme = lines(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).join('\n');
  expect(readme).toContain(lines(region).join('\n'));
});

test('and it shows true rewards', () => {
  const seen: unknown[] = [];
  example({ log: (value) => seen.push(value) });
  expect(seen).toEqual([new Float32Array([1, 1, 1, 1])]);
});
