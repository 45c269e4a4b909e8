/** What one chart shows. */
export interface Panel {
  readonly metric: string;
  readonly label: string;
  /** −1 where the metric is minus what is shown. */
  readonly sign: 1 | -1;
}

/** The chart at the top. */
export const lead: Panel = { metric: 'rollout/ep_rew_mean', label: 'Mean return', sign: 1 };

const known: readonly (readonly [metric: string, label: string, sign?: Panel['sign']])[] = [
  ['rollout/ep_len_mean', 'Episode length'],
  ['train/loss', 'Loss'],
  ['train/policy_gradient_loss', 'Policy loss'],
  ['train/policy_loss', 'Policy loss'],
  ['train/value_loss', 'Value loss'],
  ['train/entropy_loss', 'Entropy', -1],
  ['time/steps_per_second', 'Steps a second'],
  ['train/grad_norm', 'Gradient norm'],
  ['train/explained_variance', 'Explained variance'],
  ['train/approx_kl', 'Approximate KL divergence'],
  ['train/clip_fraction', 'Clip fraction'],
  ['train/clip_range', 'Clip range'],
  ['train/learning_rate', 'Learning rate'],
  ['train/ent_coef', 'Entropy coefficient'],
];

/** The chart at the top, and what others are drawn over. */
const notShown = new Set([lead.metric, 'time/time_elapsed', 'time/episodes', 'train/n_updates']);

/** The charts below the first for the metrics there are: those that everyone has first, then the others as they came. */
export function panelsOf(metrics: readonly string[]): Panel[] {
  const usual = known.flatMap(([metric, label, sign = 1]): Panel[] => (metrics.includes(metric) ? [{ metric, label, sign }] : []));
  const others = metrics.filter((metric) => !notShown.has(metric) && !known.some(([name]) => name === metric));
  return [...usual, ...others.map((metric): Panel => ({ metric, label: inWords(metric), sign: 1 }))];
}

/** `train/gradient_lag` is "Gradient lag". */
function inWords(metric: string): string {
  const words = (metric.split('/').at(-1) ?? metric).replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
