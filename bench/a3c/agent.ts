import { a3c } from '@pg/algos';
import type { Box } from '@pg/core';
import { babyA3cFrames, pong } from '@pg/envs';
import { conv2d, elu } from '@pg/nn';
import { actorCriticLstm, type NetworkSpec } from '@pg/policies';

const FILTERS = 32;

/** Four convolutions of 3 × 3 with stride 2, each followed by an ELU. */
const convolutions: NetworkSpec<Box<readonly [number, number, number]>> = {
  name: 'convolutions with ELU',
  inputRank: 3,
  layers: Array.from({ length: 4 }, () => [conv2d({ filters: FILTERS, kernel: 3, stride: 2, padding: 1 }), elu()]).flat(),
};

/** A3C with an LSTM on Pong (Greydanus 2017, baby-a3c): 80 × 80 pictures, every fourth frame, rollouts of 20 steps. */
export const pongAgent = a3c()
  .env(pong({ frameSkip: 4, maxSteps: 10_000 }).pipe(babyA3cFrames()))
  .policy(actorCriticLstm({ encoder: convolutions, units: 256 }))
  .options({ rolloutLength: 20, gamma: 0.99, lambda: 1, entropyCoef: 0.01, valueCoef: 0.5, maxGradNorm: 40, learningRate: 1e-4 });
