import { adam } from '@pg/nn';
import { type Algorithm, defineAlgorithm, type OptionsOf, type UpdateOf } from '../definition/define-algorithm.js';
import { learnableMinibatches } from '../definition/learnable.js';
import { count, fixed, flag, fraction, limit, scheduled, weight } from '../definition/option-kinds.js';
import { gae } from '../estimates/gae.js';
import { clippedSurrogate, type SurrogateLoss } from '../losses/clipped-surrogate.js';
import { type CriticLoss, valueLoss } from '../losses/value-loss.js';
import { steps } from '../rollouts/plan.js';
import { explainedVariance } from '../statistics/explained-variance.js';
import { Means } from '../statistics/means.js';
import { descend } from '../update/descend.js';
import { total } from '../update/total.js';

const definition = defineAlgorithm({
  name: 'ppo',
  needs: 'a critic and no memory',
  options: {
    /** Discount γ in [0, 1]; 0.99 by default. */
    gamma: fraction(0.99),
    /** λ of generalised advantage estimation in [0, 1]; 0.95 by default. */
    lambda: fraction(0.95),
    /** Steps of an update in every environment; 128 by default. */
    rolloutLength: fixed(count(128)),
    /** Passes of an update over its data; 10 by default. */
    epochs: count(10),
    /** Steps of a gradient; 64 by default, and never more than an update has. */
    minibatchSize: fixed(count(64)),
    /** ε: probability ratios beyond 1 ± ε gain nothing; a number or a schedule over the run's progress; 0.2 by default. */
    clipRange: scheduled(0.2),
    /** How far values may move from those of acting before their loss is clipped; infinite (not at all) by default. */
    clipRangeValue: limit(Number.POSITIVE_INFINITY),
    /** The update ends once the mean KL divergence from the policy that played exceeds 1.5 times this; infinite (never) by default. */
    targetKl: limit(Number.POSITIVE_INFINITY),
    /** Weight β of the entropy in the loss, or a schedule over the run's progress; 0 by default. */
    entropyCoef: scheduled(0),
    /** Weight of the value loss ½(V − target)²; 0.5 by default. */
    valueCoef: weight(0.5),
    /**
     * Whether advantages are shifted and scaled to mean 0 and standard deviation 1 over each minibatch; true by default. The deviation is
     * that of the population, which divides by n: PyTorch's `std()` divides by n − 1. A last minibatch of a single step teaches nothing.
     */
    normalizeAdvantages: flag(true),
  },
  defaults: { learningRate: 3e-4, maxGradNorm: 0.5, optimizer: adam({ epsilon: 1e-5 }) },

  resolve: learnableMinibatches,
  rollout: ({ rolloutLength }) => steps(rolloutLength),
  minibatch: ({ minibatchSize }) => minibatchSize,

  *update({ collect, options }) {
    // Play, and ask how much better each action was than the critic expected.
    const rollout = yield* collect();
    const { advantages, targets } = gae(rollout, options);
    const critic = yield* total({ explainedVariance: explainedVariance(rollout, targets) });

    const data = rollout.keep({ advantages, targets });
    const standardize = options.normalizeAdvantages && 'advantages';
    const stopAbove = { approxKl: 1.5 * options.targetKl };
    const means = new Means<SurrogateLoss & CriticLoss>();
    let gradientSteps = 0;
    epochs: for (let epoch = 0; epoch < options.epochs; epoch++) {
      for (const batch of yield* data.shuffled({ standardize })) {
        // No ratio gains by moving beyond the clip range.
        const surrogate = clippedSurrogate(batch, batch.advantages, options);
        const value = valueLoss(batch, batch.targets, options);
        // A step, unless the policy has moved too far already.
        const { losses, stopped } = yield* descend(batch, { ...surrogate, ...value }, { stopAbove });
        means.add(losses, batch.count);
        if (stopped) break epochs;
        gradientSteps += 1;
      }
    }
    const losses = means.get();
    const loss = losses.policyLoss - options.entropyCoef * losses.entropy + options.valueCoef * losses.valueLoss;
    return { ...losses, ...critic, loss, gradientSteps };
  },
});

/** PPO's settings. */
export interface PpoOptions extends OptionsOf<typeof definition> {}
/** The record of an update of PPO; losses are means over its minibatches. */
export interface PpoUpdate extends UpdateOf<typeof definition> {}

/**
 * Proximal policy optimisation (Schulman et al. 2017) with the clipped objective: several epochs of minibatches over each rollout, none
 * of which gains by moving the policy far from the one that played.
 *
 * @example
 * ```ts
 * const learner = ppo()
 *   .env(vectorize(cartPole(), { numEnvs: 8 }))
 *   .policy(actorCritic({ encoder: mlp([64, 64]), shared: false }))
 *   .build({ seed: 0 });
 * ```
 */
export const ppo: Algorithm<'ppo', PpoOptions, PpoUpdate, 'a critic and no memory'> = definition;
