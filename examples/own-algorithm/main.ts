// An algorithm of one's own, from public imports: PPO that is held back by a penalty on the divergence from the policy that played, in place of
// clipping (Schulman et al. 2017, section 4). Its penalty is a state that checkpoints keep.

import type { Batch, CriticLoss } from '@pg/algos/define';
import { count, defineAlgorithm, descend, fixed, fraction, gae, limit, Means, scheduled, steps, valueLoss, weight } from '@pg/algos/define';
import { exp } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';
import { exampleArguments } from '../shared/example-arguments.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

/** The parts of the policy's loss, for the metrics. */
interface PenalizedLoss {
  readonly policyLoss: number;
  readonly entropy: number;
  readonly divergence: number;
}

/**
 * L = mean(−ρ·Â + β·(ρ − 1 − log ρ) − c·H) with ρ = π(a|s)/π_acted(a|s), as its derivatives with respect to log π and H of each row. The
 * second term estimates the KL divergence (Schulman 2020).
 */
function penalizedSurrogate(batch: Batch, advantages: Float32Array, { beta, entropyCoef }: { readonly beta: number; readonly entropyCoef: number }) {
  const { rows, count, logProbs, actedLogProbs, entropies, gradients } = batch;
  const loss = { policyLoss: 0, entropy: 0, divergence: 0 };
  for (let i = 0; i < rows; i++) {
    const logRatio = logProbs[i]! - actedLogProbs[i]!;
    const ratio = exp(logRatio);
    gradients.logProb[i] = (beta * (ratio - 1) - ratio * advantages[i]!) / count;
    gradients.entropy[i] = -entropyCoef / count;
    loss.policyLoss -= (ratio * advantages[i]!) / count;
    loss.entropy += entropies[i]! / count;
    loss.divergence += (ratio - 1 - logRatio) / count;
  }
  return loss;
}

const penaltyPpo = defineAlgorithm({
  name: 'penaltyPpo',
  needs: 'a critic and no memory',
  options: {
    gamma: fraction(0.99),
    lambda: fraction(0.95),
    rolloutLength: fixed(count(64)),
    epochs: count(10),
    minibatchSize: fixed(count(64)),
    /** The divergence that an update aims at. */
    targetKl: limit(0.02),
    entropyCoef: scheduled(0),
    valueCoef: weight(0.5),
  },
  defaults: { learningRate: 1e-3, maxGradNorm: 0.5 },
  rollout: ({ rolloutLength }) => steps(rolloutLength),
  minibatch: ({ minibatchSize }) => minibatchSize,
  state: () => ({ beta: 1 }),

  *update({ collect, options, state }) {
    const rollout = yield* collect();
    const data = rollout.keep({ ...gae(rollout, options) });
    let last = new Means<PenalizedLoss & CriticLoss>();
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      last = new Means();
      for (const batch of yield* data.shuffled({ standardize: 'advantages' })) {
        const policy = penalizedSurrogate(batch, batch.advantages, { beta: state.beta, entropyCoef: options.entropyCoef });
        const { losses } = yield* descend(batch, { ...policy, ...valueLoss(batch, batch.targets, options) });
        last.add(losses, batch.count);
      }
    }
    // a number of the whole batch, so β is the same on every thread
    const losses = last.get();
    if (losses.divergence > 1.5 * options.targetKl) state.beta *= 2;
    else if (losses.divergence < options.targetKl / 1.5) state.beta /= 2;
    return { ...losses, beta: state.beta };
  },
});

const name = 'own-algorithm';
const settings = exampleArguments({
  name,
  purpose: 'CartPole, by an algorithm that is defined in this example.',
  budget: { steps: 200_000 },
  checkpointEvery: 20,
  options: {
    envs: { default: 8, whole: true, least: 1, description: 'copies of the environment' },
    rate: { default: 1e-3, least: 0, description: 'learning rate of Adam' },
  },
});

const environment = cartPole();
const algorithm = penaltyPpo()
  .env(vectorize(environment, { numEnvs: settings.envs }))
  .policy(actorCritic({ encoder: mlp([64]) }))
  .options({ learningRate: settings.rate });

const example = { name, environment, algorithm, settings };
if (settings.test) await testPolicy(example);
else {
  const run = await startRun(example);
  for await (const update of run.train()) await run.record(update);
  await run.finish();
}
