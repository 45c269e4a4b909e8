import type { Goal, Recipe } from './recipe.js';

/** The mean of the last 100 training episodes has to get to a level once. */
function reaches(level: number, text: string): Goal {
  return { text, metric: 'rollout/ep_rew_mean', level, leastEpisodes: 100, atTheEnd: false };
}

/** The mean return of the episodes that ended in an epoch. */
const epoch = { metric: 'train/epoch_return', leastEpisodes: 1 } as const;

/** The published run of R3: mean return over agent steps; about 18 at its end, 16.4 million. */
const babyA3c = {
  label: 'published',
  points: [
    { x: 2_100_000, y: -10 },
    { x: 4_200_000, y: 0 },
    { x: 4_900_000, y: 10 },
    { x: 5_800_000, y: 15 },
    { x: 7_200_000, y: 17 },
  ],
};

/** Where it was, by then. */
const babyA3cGoal = { ...reaches(17, 'mean of the last 100 episodes at least 17 within 7.2 million steps'), withinSteps: 7_200_000 };

const pongGoal = 'mean of the last 100 episodes at least 20 of 21';
const environments = [1, 2, 4, 16].map((count) => ({ label: count === 1 ? '1 environment' : `${count} environments`, args: ['--envs', `${count}`] }));

/** All recipes, in the order in which they are listed. */
export const recipes: readonly Recipe[] = [
  {
    name: 'R1',
    title: 'REINFORCE on Pong from pixels, learning rate 1e-4, batches of 10 episodes, 10,000 episodes',
    example: 'reinforce-pong',
    args: [],
    goal: reaches(0, 'mean of the last 100 episodes at least 0'),
    seeds: 3,
    over: 'episodes',
  },
  {
    name: 'R1-fast',
    title: 'REINFORCE on Pong from pixels, learning rate 1e-3, 2,000 episodes',
    example: 'reinforce-pong',
    args: ['--preset', 'fast'],
    goal: reaches(15, 'mean of the last 100 episodes at least 15'),
    seeds: 3,
    over: 'episodes',
  },
  {
    name: 'R2',
    title: 'A2C on Pong from pixels, 16 environments, at most 6 million steps',
    example: 'a2c-pong',
    args: ['--until', '20'],
    goal: reaches(20, pongGoal),
    seeds: 5,
  },
  {
    name: 'R2-fast',
    title:
      'A2C on Pong from pixels with the preset fast: no rounds, the learning rate falls from 3e-3 to 1e-4 and the weight of the entropy to 0 over 3.5 million steps',
    example: 'a2c-pong',
    args: ['--preset', 'fast', '--until', '20'],
    goal: reaches(20, pongGoal),
    seeds: 5,
  },
  {
    name: 'R2-steady',
    title: 'A2C on Pong from pixels with the preset steady: learning rate and weight of the entropy fall to 1e-4 and 0 over 4 million steps',
    example: 'a2c-pong',
    args: ['--preset', 'steady', '--until', '20'],
    goal: reaches(20, pongGoal),
    seeds: 5,
  },
  {
    name: 'R2-envs',
    title: 'A2C on Pong from pixels over time, with 1, 2, 4 and 16 environments',
    example: 'a2c-pong',
    args: ['--until', '20'],
    variants: environments,
    goal: reaches(20, pongGoal),
    seeds: 1,
    over: 'seconds',
  },
  {
    name: 'R2-cartpole',
    title: 'A2C on CartPole-v0, 16 environments, rollouts of 50 steps, 2 million steps',
    example: 'a2c-cartpole',
    args: [],
    goal: { ...reaches(195, 'mean of the last 100 episodes at least 195'), evaluation: 195 },
    seeds: 5,
  },
  {
    name: 'R2-cartpole-fast',
    title: 'A2C on CartPole-v0 with the preset fast: updates at the end of each round, a learning rate that falls to 0',
    example: 'a2c-cartpole',
    args: ['--preset', 'fast'],
    goal: { ...reaches(195, 'mean of the last 100 episodes at least 195'), evaluation: 195 },
    seeds: 5,
  },
  {
    name: 'R3',
    title: 'A3C with an LSTM on Pong from pictures, 20 workers, Adam 1e-4, 7.2 million steps (more than two hours)',
    example: 'a3c-pong-lstm',
    args: ['--steps', '7200000', '--test-episodes', '20'],
    goal: babyA3cGoal,
    seeds: 1,
    published: babyA3c,
    onlyByName: true,
  },
  {
    name: 'R3-deterministic',
    title: 'A3C with an LSTM on Pong with actions of four frames, 20 workers, Adam 1e-4, 7.2 million steps (more than two hours)',
    example: 'a3c-pong-lstm',
    args: ['--env', 'PongDeterministic-v4', '--steps', '7200000', '--test-episodes', '20'],
    goal: babyA3cGoal,
    seeds: 1,
    published: babyA3c,
    onlyByName: true,
  },
  {
    name: 'R3-fast',
    title: 'A3C with an LSTM on Pong with the preset fast: actions of four frames, 2 workers of 8 games, Adam 5e-4',
    example: 'a3c-pong-lstm',
    args: ['--preset', 'fast', '--until', '20', '--test-episodes', '20'],
    goal: reaches(20, pongGoal),
    seeds: 3,
    published: babyA3c,
    onlyByName: true,
  },
  {
    name: 'R3-breakout',
    title: 'A3C with an LSTM on Breakout from pictures, 20 workers, Adam 1e-4, 10 million steps (hours)',
    example: 'a3c-pong-lstm',
    args: ['--env', 'BreakoutDeterministic-v4', '--test-episodes', '20'],
    goal: reaches(10, 'mean of the last 100 episodes at least 10 bricks; there is no published figure to compare with'),
    seeds: 1,
    onlyByName: true,
  },
  {
    name: 'R4a',
    title: 'REINFORCE on CartPole-v0, 32 copies, a linear policy, Adam 0.1, 100 epochs',
    example: 'reinforce-cartpole',
    args: [],
    goal: { ...epoch, text: 'mean return of the last epoch at least 199', level: 199, atTheEnd: true },
    seeds: 10,
  },
  {
    name: 'R4a-steady',
    title: 'REINFORCE on CartPole-v0 with the preset steady: γ 1, minus the mean return, Adam with β₁ 0.98 and β₂ 0.99',
    example: 'reinforce-cartpole',
    args: ['--preset', 'steady'],
    goal: { ...epoch, text: 'mean return of the last epoch at least 199', level: 199, atTheEnd: true },
    seeds: 10,
  },
  {
    name: 'R4b',
    title: 'REINFORCE on CartPoleSwingUp-v0, 256 copies, a Gaussian on 64-64 ReLU, Adam 1e-2, 20 epochs',
    example: 'reinforce-swing-up',
    args: [],
    goal: { ...epoch, text: 'mean return of the last epoch at least 5.8', level: 5.8, atTheEnd: true },
    seeds: 10,
  },
  {
    name: 'R5',
    title: 'Vanilla policy gradient on Pong, Adam 2.5e-4, 600 epochs of 20 episodes',
    example: 'vpg-pong',
    args: [],
    goal: { ...epoch, text: 'mean return of an epoch above 0', level: 0, atTheEnd: false },
    seeds: 3,
    over: 'episodes',
  },
  {
    name: 'R5-fast',
    title: 'Vanilla policy gradient on Pong with the preset fast: Adam 2e-3',
    example: 'vpg-pong',
    args: ['--preset', 'fast'],
    goal: { ...epoch, text: 'mean return of an epoch above 0', level: 0, atTheEnd: false },
    seeds: 3,
    over: 'episodes',
  },
  {
    name: 'R6',
    title: 'Batch policy gradient on CartPole-v1, step size 1e-3, 1,500 episodes',
    example: 'batch-pg-cartpole',
    args: [],
    goal: { ...reaches(180, 'mean of the last 100 training episodes at least 180, evaluation at least 195'), atTheEnd: true, evaluation: 195 },
    seeds: 10,
    over: 'episodes',
  },
];
