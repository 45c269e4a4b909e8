import { type DtypeArray, isUint8Array, moveSparseRows, type Space, viewSparseRows, writeSparseRow } from '@pg/core';
import type { VectorEnv, VectorStep } from '@pg/envs';
import { type CompiledNetwork, writableInput } from '@pg/nn';

/**
 * T steps of N environments, time-major. Observations are the network's input rows: step t of environment n is row t·N + n,
 * and the rows of step T hold what follows the last step.
 */
export interface Rollout extends RolloutRows {
  /** T. */
  readonly length: number;
  /** N. */
  readonly numEnvs: number;
  /** The first `rows` entries of each array, where a rollout was shorter than T. */
  first(rows: number): RolloutRows;
  /** Views of step t, made when it is first reached and kept. */
  at(t: number): RolloutStep;
  /** `[N, observation size]`: where environments write the first observations. */
  readonly resetObs: DtypeArray;
  /** To be called when environments have written the observations of step t, 0 ≤ t ≤ T: makes the network see them, and what is allowed. */
  keepObs(t: number): void;
  /** Lets the network choose among the actions that the environments allow now, in the rows of step t. */
  keepMasks(t: number): void;
  /** To be called before environments write the observations of step t: they are not there yet. */
  expectObs(t: number): void;
  /**
   * Makes what environment n sees at step t nothing but zeros, where the network reads lists of non-zeros: while it waits, computing with
   * what it sees would be for nothing.
   */
  blankObs(t: number, n: number): void;
  /** Puts the observations behind the last step where the first ones are. */
  bringObs(): void;
  /** `[N, observation size]` of step t, a copy. */
  obsAt(t: number): DtypeArray;
  /** Puts back the first ones. */
  restoreObs(obs: DtypeArray): void;
}

/** What happened, an entry for each step of each environment. */
interface RolloutRows {
  /** [T, N]. */
  readonly rewards: Float32Array;
  /** `[T, N]`: 1 where the episode ended by the rules. */
  readonly terminated: Uint8Array;
  /** `[T, N]`: 1 where the time limit cut the episode. */
  readonly truncated: Uint8Array;
  /** `[T, N]`: 1 where either ended it. */
  readonly done: Uint8Array;
  /** `[T, N]`: 1 where the step counts; 0 where an environment waits for the others. */
  readonly valid: Uint8Array;
}

/** Views of one step of all environments. */
interface RolloutStep {
  /** What the environments write. */
  readonly result: VectorStep<DtypeArray>;
  /** What the policy wrote: [N] choices, or [N, action size] numbers. */
  readonly actions: Int32Array | Float32Array;
}

/** The arrays of a rollout over the rows of a network, which needs (T + 1)·N of them. */
export function createRollout(network: CompiledNetwork, env: VectorEnv<Space, Space>, length: number): Rollout {
  const { numEnvs, obsSize, actionSize } = env;
  const size = length * numEnvs;
  const rewards = new Float32Array(size);
  const terminated = new Uint8Array(size);
  const truncated = new Uint8Array(size);
  const done = new Uint8Array(size);
  const valid = new Uint8Array(size).fill(1);
  const finalObs = new Float32Array(numEnvs * obsSize);
  const obsOf = (t: number) => network.input.subarray(t * numEnvs * obsSize, (t + 1) * numEnvs * obsSize);
  const between = numbersForBytes(network, env);
  const input = writableInput(network);
  const makeStep = (t: number): RolloutStep => {
    const [from, to] = [t * numEnvs, (t + 1) * numEnvs];
    const [rewardsOfStep, terminatedOfStep, truncatedOfStep] = [rewards.subarray(from, to), terminated.subarray(from, to), truncated.subarray(from, to)];
    return {
      result: {
        obs: between ?? obsOf(t + 1),
        rewards: rewardsOfStep,
        terminated: terminatedOfStep,
        truncated: truncatedOfStep,
        finalObs,
        sparseObs: sparseInput && viewSparseRows(sparseInput, to, numEnvs),
      },
      actions: network.distribution.actions.subarray(from * actionSize, to * actionSize),
    };
  };
  const made: RolloutStep[] = [];
  const { sparseInput } = network;
  /** Rows that environments have to write anew. */
  const expect = (t: number) => sparseInput?.given.fill(0, t * numEnvs, (t + 1) * numEnvs);
  const { masks } = network.distribution;
  const keepMasks = (t: number) => {
    if (env.actionMasks) masks.set(env.actionMasks, t * env.actionMasks.length);
  };
  return {
    length,
    numEnvs,
    rewards,
    terminated,
    truncated,
    done,
    valid,
    first: (rows) => ({
      rewards: rewards.subarray(0, rows),
      terminated: terminated.subarray(0, rows),
      truncated: truncated.subarray(0, rows),
      done: done.subarray(0, rows),
      valid: valid.subarray(0, rows),
    }),
    at(t) {
      made[t] ??= makeStep(t);
      return made[t];
    },
    resetObs: between ?? obsOf(0),
    keepObs(t) {
      if (between) input.set(between, t * numEnvs * obsSize);
      keepMasks(t);
    },
    keepMasks,
    expectObs: expect,
    blankObs(t, n) {
      if (!sparseInput) return;
      const row = t * numEnvs + n;
      sparseInput.counts[row] = 0;
      sparseInput.given[row] = 1;
    },
    bringObs() {
      const [first, last] = [obsOf(0), obsOf(length)];
      if (!sparseInput) return void first.set(last);
      moveSparseRows(sparseInput, { from: size, to: 0, count: numEnvs });
      for (let n = 0; n < numEnvs; n++) {
        if (!sparseInput.given[n]) first.set(last.subarray(n * obsSize, (n + 1) * obsSize), n * obsSize);
      }
    },
    obsAt(t) {
      const obs = obsOf(t).slice();
      for (let n = 0; n < numEnvs; n++) {
        const row = t * numEnvs + n;
        if (sparseInput?.given[row]) writeSparseRow(sparseInput, row, obs.subarray(n * obsSize, (n + 1) * obsSize) as Float32Array);
      }
      return obs;
    },
    restoreObs(obs) {
      expect(0);
      obsOf(0).set(obs);
    },
  };
}

/**
 * `[N, observation size]`: where environments write numbers that the network keeps as bytes. Environments of bytes write bytes, and
 * those of numbers numbers, where the network reads them: then there is none.
 */
function numbersForBytes({ input }: CompiledNetwork, { observationSpace, numEnvs, obsSize }: VectorEnv<Space, Space>): Float32Array | undefined {
  const writesBytes = observationSpace.kind === 'box' && observationSpace.dtype === 'uint8';
  return isUint8Array(input) && !writesBytes ? new Float32Array(numEnvs * obsSize) : undefined;
}
