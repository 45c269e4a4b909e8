import { box, discrete } from '@pg/core';
import { defineEnv } from '@pg/envs';

/** An environment whose step takes as long as it is told: rounds of a chain of multiplications, one after the other. */
export function busyEnv(rounds: number) {
  return defineEnv({
    id: `Busy(${rounds})`,
    observation: box({ shape: [4], low: -1, high: 1 }),
    action: discrete(2),
    maxSteps: 1000,
    init: () => new Float64Array(4).fill(0.5),
    step(state, action) {
      let x = state[0]! * 0.5 + 0.25 * action;
      for (let i = 0; i < rounds; i++) x = 3.9 * x * (1 - x);
      return { state: Float64Array.of(x, ...state.subarray(0, 3)), reward: x, terminated: false };
    },
    observe: (state) => state,
  });
}
