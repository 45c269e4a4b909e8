import type { Refusal, Setting } from '../definition/definition.js';
import { requireSpread } from '../definition/learnable.js';

interface Given {
  readonly episodesPerUpdate: number | undefined;
  readonly rolloutLength: number | undefined;
  readonly rolloutsPerUpdate: number;
  readonly baseline: 'none' | 'mean-return' | 'value';
  readonly standardize: 'episode' | 'batch' | false;
}

const FEWEST_EPISODES = 16;

/** Chooses between whole episodes and fixed rollouts, and checks that the choice is possible. */
export function resolveRollouts(given: Given, setting: Setting): { readonly episodesPerUpdate: number | undefined } | Refusal {
  const resolved = resolveEpisodes(given, setting);
  return 'remedy' in resolved ? resolved : (requireLearnable({ ...given, ...resolved }, setting) ?? resolved);
}

function resolveEpisodes(
  { episodesPerUpdate, rolloutLength, rolloutsPerUpdate, baseline }: Given,
  { numEnvs, maxSteps, policy }: Setting,
): { readonly episodesPerUpdate: number | undefined } | Refusal {
  if (baseline === 'value' && !policy.critic) {
    return {
      got: `baseline: 'value' with ${policy.name}, which has no critic`,
      expected: 'a policy with a value function',
      remedy: "Use actorCritic, or baseline: 'mean-return'.",
      policy: true,
    };
  }
  if (rolloutLength !== undefined && episodesPerUpdate !== undefined) {
    return {
      got: `both episodesPerUpdate: ${episodesPerUpdate} and rolloutLength: ${rolloutLength}`,
      expected: 'one of them',
      remedy: 'Remove one: updates come after whole episodes or after fixed rollouts.',
    };
  }
  if (rolloutLength !== undefined) return { episodesPerUpdate };
  if (maxSteps === Number.POSITIVE_INFINITY) {
    return {
      got: 'whole episodes of an environment without a time limit',
      expected: 'episodes that end',
      remedy: 'Set rolloutLength, or give the environment a finite maxSteps.',
    };
  }
  const unit = numEnvs * rolloutsPerUpdate;
  const whole = episodesPerUpdate ?? unit * Math.ceil(FEWEST_EPISODES / unit);
  if (whole % unit === 0) return { episodesPerUpdate: whole };
  return {
    got: `episodesPerUpdate: ${whole} with ${numEnvs} environments${rolloutsPerUpdate === 1 ? '' : ` and rolloutsPerUpdate: ${rolloutsPerUpdate}`}`,
    expected: `a multiple of ${unit}`,
    remedy: `Use ${Math.ceil(whole / unit) * unit}: each environment plays the same number of episodes.`,
  };
}

/** Refuses to standardise, or to subtract the mean return, where that leaves nothing to learn from. */
function requireLearnable({ episodesPerUpdate, rolloutLength, rolloutsPerUpdate, standardize, baseline }: Given, setting: Setting): Refusal | undefined {
  const { numEnvs, maxSteps } = setting;
  const length = rolloutLength ?? (episodesPerUpdate! / rolloutsPerUpdate / numEnvs) * maxSteps;
  const plays = rolloutLength === undefined ? 'episodes' : 'steps';
  if (standardize === 'episode') {
    const remedy = plays === 'episodes' || length > 1 ? "Use standardize: 'batch'" : 'Use a longer rolloutLength';
    const spread = { setting: "standardize: 'episode'", parts: 'episodes', steps: Math.min(length, maxSteps), remedy, off: 'standardize: false' };
    const refusal = requireSpread(spread);
    if (refusal) return refusal;
  }
  const remedy = plays === 'episodes' ? 'Use more episodesPerUpdate' : 'Use a longer rolloutLength or more environments';
  const rollouts = { parts: 'rollouts', steps: length * numEnvs, remedy };
  if (standardize === 'batch') return requireSpread({ ...rollouts, setting: "standardize: 'batch'", off: 'standardize: false' });
  if (baseline === 'mean-return') return requireSpread({ ...rollouts, setting: "baseline: 'mean-return'", off: "baseline: 'none'" });
  return undefined;
}
