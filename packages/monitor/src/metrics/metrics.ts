/** One row of metrics: names as in Stable-Baselines3 (`rollout/ep_rew_mean`) and their numbers. */
export type Metrics = Readonly<Record<string, number>>;
