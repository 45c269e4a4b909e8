import { vectorize } from '@pg/envs';
import { copyTensors, wasmEngine } from '@pg/nn';
import { actorCriticGru, actorCriticLstm, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { recordedWalk } from '../../fixtures/environments.js';
import { collectorOf } from '../../fixtures/runs.js';
import { evaluate } from '../learner/evaluate.js';
import { rolloutValues } from './bootstrap.js';

const N = 3;
const T = 8;

describe.each([actorCriticLstm, actorCriticGru])('%o', (recurrent) => {
  const policy = recurrent({ encoder: mlp([5]), units: 4 });

  /** Three rollouts; the values of every step, and those of true successors, as they were found in each. */
  function play() {
    const { env, log } = recordedWalk({ maxSteps: 5, longest: 9 });
    let bootstrap: ReturnType<typeof rolloutValues> | undefined;
    const { run, collector, rollout } = collectorOf(vectorize(env, { numEnvs: N }), T, { policy, onTruncated: (t) => bootstrap!.valueFinalObs(t) });
    bootstrap = rolloutValues(run.network, 'value', rollout);
    const values: number[] = [];
    const nextValues: number[] = [];
    for (let i = 0; i < 3; i++) {
      collector.collectSteps();
      bootstrap.complete();
      values.push(...bootstrap.values);
      nextValues.push(...bootstrap.nextValues);
    }
    return { log, run, rollout, values, nextValues, policy: run.policy };
  }

  test('values are those of a policy that has seen the episode so far, and nothing of the one before', () => {
    const { log, run, values, nextValues } = play();
    const network = wasmEngine().compile(run.model.network, { rows: 2, distribution: run.model.distribution, sequence: { numEnvs: 1 } });
    copyTensors(run.network.parameters, network.parameters);
    let ends = 0;
    for (let n = 0; n < N; n++) {
      let first = 1;
      for (let i = n; i < log.length; i += N) {
        const { obs, nextObs, terminated, truncated } = log[i]!;
        network.input.set([...obs, ...nextObs]);
        network.episodeStarts.set([first, 0]);
        network.forward(0, 2);
        const [value, nextValue] = network.output('value');
        expect(values[i]).toBe(value);
        if (!terminated) expect(nextValues[i]).toBe(nextValue);
        network.carryState(0);
        first = terminated || truncated ? 1 : 0;
        ends += first;
      }
    }
    expect(ends).toBeGreaterThan(2 * N);
  });

  test('what acting left behind serves the backward pass as a fresh forward pass would, bit for bit', () => {
    const { run } = play();
    const { network } = run;
    const stored = network.output('value').slice(0, T * N);
    const logProbs = network.distribution.logProbs.slice(0, T * N);
    network.forward(0, T * N);
    network.distribution.evaluate(0, T * N);
    expect(network.output('value').slice(0, T * N)).toEqual(stored);
    expect(network.distribution.logProbs.slice(0, T * N)).toEqual(logProbs);
  });

  test('evaluation plays as a session does', async () => {
    const { policy: trained } = play();
    const { env, log } = recordedWalk({ maxSteps: 7 });
    const { returns } = await evaluate(trained, env as never, { episodes: 4, seed: 3 });
    const session = trained.session();
    for (let n = 0; n < 4; n++) {
      session.reset();
      let sum = 0;
      for (let t = 0; t < 7; t++) {
        const { obs, action, reward } = log[t * 4 + n]!;
        expect(session.act(Float32Array.from(obs) as never, { greedy: true })).toBe(action);
        sum += reward;
      }
      expect(returns).toContainEqual(expect.closeTo(sum, 5));
    }
  });
});
