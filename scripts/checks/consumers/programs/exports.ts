// What a library of a user's own exports: with `declaration: true` the compiler has to write every one of these types down.
import { a2c, evaluate, ppo, reachesReturn, reinforce } from '@pg/algos';
import { box, discrete, frameStack, linearSchedule, Rng } from '@pg/core';
import { cartPole, defineEnv, make, pong, swingUp, timeLimit, vectorize } from '@pg/envs';
import { adam, wasmEngine } from '@pg/nn';
import { actorCritic, categorical, conv, createPolicy, diagonalGaussian, loadPolicy, mlp } from '@pg/policies';

export const agent = a2c().env(cartPole());
export const composed = agent.policy(actorCritic({ encoder: mlp([8]) })).options({ optimizer: adam(), learningRate: linearSchedule(1e-3, 0) });
export const learner = composed.build({ seed: 1, engine: wasmEngine() });
export const gradients = learner.gradients;
export const action = learner.act(new Float32Array(4));
export const bytes = learner.toCheckpoint();
export const updates = learner.train({ steps: 100, until: reachesReturn(475) });
export const swinging = ppo()
  .env(swingUp())
  .policy(actorCritic({ encoder: mlp([8]) }));
export const plain = ppo.create({ env: cartPole(), policy: actorCritic({ encoder: mlp([8]) }), seed: 1 });
export const envs = vectorize(cartPole(), { numEnvs: 4 });
export const pictures = pong().pipe(frameStack(4));
export const limited = cartPole().pipe(timeLimit(10));
export const known = make('CartPole-v1');
export const thermostat = defineEnv({
  id: 'thermostat',
  observation: box({ shape: [1], low: -20, high: 50 }),
  action: discrete(3),
  maxSteps: 10,
  init: (rng) => ({ inside: rng.uniform(10, 15) }),
  step: ({ inside }, heat) => ({ state: { inside: inside + heat }, reward: 0, terminated: false }),
  observe: ({ inside }) => [inside],
});
export const copy = thermostat.make({ seed: Rng.fromSeed(1).integer(5) });
export const network = conv([{ filters: 4, kernel: 3 }], [16]);
export const softmax = categorical({ network: mlp([8]) });
export const gaussian = diagonalGaussian({ network: mlp([8]) });
export const policy = createPolicy(softmax, cartPole());
export const session = policy.session({ numEnvs: 2 });
export const model = policy.model;
export const loaded = (file: string) => loadPolicy(file, { env: cartPole() });
export const scores = () => evaluate(policy, cartPole());
export const first = reinforce().env(thermostat).policy(softmax).build({ seed: 1 });
