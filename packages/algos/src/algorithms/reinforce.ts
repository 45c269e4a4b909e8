import { type Algorithm, defineAlgorithm, type OptionsOf, type UpdateOf } from '../definition/define-algorithm.js';
import { count, fixed, flag, fraction, oneOf, scheduled, valueLossKind, weight } from '../definition/option-kinds.js';
import { advantagesOf, returnsToGo } from '../estimates/returns-to-go.js';
import { type PolicyLoss, policyGradientLoss } from '../losses/policy-gradient-loss.js';
import { type CriticLoss, valueLoss } from '../losses/value-loss.js';
import { hasCritic } from '../rollouts/batch.js';
import { episodes, steps } from '../rollouts/plan.js';
import { explainedVariance } from '../statistics/explained-variance.js';
import { Means } from '../statistics/means.js';
import { momentsOf, standardize, standardizeEpisodes, subtract } from '../statistics/moments-of.js';
import { descend } from '../update/descend.js';
import { pooled, type Statistic, total } from '../update/total.js';
import { resolveRollouts } from './reinforce-rollouts.js';

const definition = defineAlgorithm({
  name: 'reinforce',
  needs: 'any policy',
  options: {
    /** Discount γ in [0, 1]; 0.99 by default. */
    gamma: fraction(0.99),
    /** Whole episodes of an update, a multiple of the environments times `rolloutsPerUpdate`; by default the least that is at least 16. */
    episodesPerUpdate: fixed(count()),
    /** Steps of a rollout in every environment, in place of whole episodes. The future behind the last step counts as nothing. */
    rolloutLength: fixed(count()),
    /** Rollouts of an update, whose gradients are averaged, or summed as `reduction` says; 1 by default. */
    rolloutsPerUpdate: fixed(count(1)),
    /** Whether returns begin anew at every reward other than 0, as where each ends a point of a game; false by default. */
    resetOnReward: flag(false),
    /** The number that is subtracted from the returns: none (default), their mean over the rollout, or the critic's value. */
    baseline: oneOf(['none', 'mean-return', 'value'], 'none'),
    /**
     * Whether returns, less the baseline, are shifted and scaled to mean 0 and standard deviation 1: over each episode, over the rollout, or
     * not (default). The deviation is that of the population, which divides by n: PyTorch's `std()` divides by n − 1.
     */
    standardize: oneOf(['episode', 'batch', false], false),
    /** Weight β of the entropy in the loss, or a schedule over the run's progress; 0 by default. */
    entropyCoef: scheduled(0),
    /** Weight of the value loss, with the baseline `'value'`; 0.5 by default. */
    valueCoef: weight(0.5),
    /** The critic's loss, with the baseline `'value'`: `'squared'`, ½(V − G)², by default, or Huber's, `{ huber: δ }`. */
    valueLoss: valueLossKind('squared'),
    /** Whether the loss is the mean over the update's steps, the default, or their sum. Updates report means either way. */
    reduction: oneOf(['mean', 'sum'], 'mean'),
  },
  defaults: { learningRate: 1e-2, shards: 1 },

  resolve: resolveRollouts,
  rollout: ({ rolloutLength, episodesPerUpdate, rolloutsPerUpdate }, { numEnvs }) =>
    rolloutLength === undefined ? episodes(episodesPerUpdate! / rolloutsPerUpdate / numEnvs) : steps(rolloutLength),

  *update({ collect, options }) {
    const { baseline, rolloutsPerUpdate: accumulate, reduction } = options;
    const means = new Means<PolicyLoss & Partial<CriticLoss>>();
    const fits: Statistic<number>[] = [];
    for (let i = 0; i < accumulate; i++) {
      // Play, and sum up what followed each action.
      const rollout = yield* collect();
      const returns = returnsToGo(rollout, options);

      // Was that more than usual?
      const critic = baseline === 'value' && hasCritic(rollout) ? rollout : undefined;
      const advantages = advantagesOf(rollout, returns, critic?.values);
      if (options.standardize === 'batch') yield* standardize(advantages, rollout.valid);
      else if (options.standardize === 'episode') standardizeEpisodes(advantages, rollout);
      else {
        const usual = baseline === 'mean-return' ? (yield* total(momentsOf(advantages, rollout.valid))).mean : 0;
        subtract(advantages, rollout.valid, usual);
      }

      // More of what was better, less of what was worse; the critic learns the returns.
      const policy = policyGradientLoss(rollout, advantages, options);
      const value = critic && valueLoss(critic, returns, options);
      if (critic) fits.push(explainedVariance(critic, returns));
      const { losses } = yield* descend(rollout, { ...policy, ...value }, { accumulate, reduction });
      means.add(losses, rollout.count);
    }
    const fit = fits.length > 0 ? yield* total({ explainedVariance: pooled(fits) }) : {};
    return { ...means.get(), ...fit } as PolicyLoss & Partial<CriticLoss & { readonly explainedVariance: number }>;
  },
});

/** REINFORCE's settings. */
export interface ReinforceOptions extends OptionsOf<typeof definition> {}
/** The record of an update of REINFORCE; the critic's part with the baseline `'value'` only. */
export interface ReinforceUpdate extends UpdateOf<typeof definition> {}

/**
 * REINFORCE (Williams 1992) with returns to go: play, weigh each action's log-probability by the rewards that followed, step.
 *
 * @example
 * ```ts
 * const learner = reinforce()
 *   .env(cartPole())
 *   .policy(categorical({ network: mlp([64, 64]) }))
 *   .options({ gamma: 0.99, learningRate: 1e-2, baseline: 'mean-return' })
 *   .build({ seed: 7 });
 * ```
 */
export const reinforce: Algorithm<'reinforce', ReinforceOptions, ReinforceUpdate, 'any policy'> = definition;
