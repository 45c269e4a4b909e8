import { type Algorithm, defineAlgorithm, type OptionsOf, type UpdateOf } from '../definition/define-algorithm.js';
import { learnableUpdates } from '../definition/learnable.js';
import { count, fixed, flag, fraction, oneOf, scheduled, valueLossKind, weight } from '../definition/option-kinds.js';
import { gae } from '../estimates/gae.js';
import { policyGradientLoss } from '../losses/policy-gradient-loss.js';
import { valueLoss } from '../losses/value-loss.js';
import { rounds, steps } from '../rollouts/plan.js';
import { explainedVariance } from '../statistics/explained-variance.js';
import { standardize } from '../statistics/moments-of.js';
import { descend } from '../update/descend.js';

const definition = defineAlgorithm({
  name: 'a2c',
  needs: 'a critic',
  options: {
    /** Discount γ in [0, 1]; 0.99 by default. */
    gamma: fraction(0.99),
    /** λ of generalised advantage estimation in [0, 1]; 1 by default. */
    lambda: fraction(1),
    /** Steps of an update in every environment, or fewer at the end of a round; 5 by default. */
    rolloutLength: fixed(count(5)),
    /** Whether an environment whose episode has ended waits until all have; by default it starts its next episode at once. */
    rounds: fixed(flag(false)),
    /** Weight β of the entropy in the loss, or a schedule over the run's progress; 0 by default. */
    entropyCoef: scheduled(0),
    /** Weight of the value loss; 0.5 by default. */
    valueCoef: weight(0.5),
    /** The critic's loss: `'squared'`, ½(V − target)², by default, or Huber's, `{ huber: δ }`. */
    valueLoss: valueLossKind('squared'),
    /** Whether the loss is the mean over the update's steps, the default, or their sum. Updates report means either way. */
    reduction: oneOf(['mean', 'sum'], 'mean'),
    /**
     * Whether advantages are shifted and scaled to mean 0 and standard deviation 1 over the update; false by default. The deviation is
     * that of the population, which divides by n: PyTorch's `std()` divides by n − 1.
     */
    normalizeAdvantages: flag(false),
  },
  defaults: { learningRate: 7e-4, maxGradNorm: 0.5 },

  resolve: learnableUpdates,
  rollout: (options) => (options.rounds ? rounds(options.rolloutLength) : steps(options.rolloutLength)),

  *update({ collect, options }) {
    // Play, with the parameters that are then learned.
    const rollout = yield* collect();

    // How much better was each action than the critic expected?
    const { advantages, targets } = gae(rollout, options);
    const explained = explainedVariance(rollout, targets);
    if (options.normalizeAdvantages) yield* standardize(advantages, rollout.valid);

    // The loss, as its derivatives with respect to each row's log π, entropy and value.
    const policy = policyGradientLoss(rollout, advantages, options);
    const critic = valueLoss(rollout, targets, options);

    // One step along the gradient of the whole batch.
    const { losses } = yield* descend(rollout, { ...policy, ...critic, explainedVariance: explained });
    return losses;
  },
});

/** A2C's settings. */
export interface A2cOptions extends OptionsOf<typeof definition> {}
/** The record of an update of A2C. */
export interface A2cUpdate extends UpdateOf<typeof definition> {}

/**
 * Advantage actor-critic (Mnih et al. 2016, the synchronous form) with generalised advantage estimation (Schulman et al. 2016).
 *
 * @example
 * ```ts
 * const learner = a2c()
 *   .env(vectorize(cartPole(), { numEnvs: 8 }))
 *   .policy(actorCritic({ encoder: mlp([64, 64]) }))
 *   .build({ seed: 0 });
 * ```
 */
export const a2c: Algorithm<'a2c', A2cOptions, A2cUpdate, 'a critic'> = definition;
