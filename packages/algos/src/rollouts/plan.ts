/** The size of a rollout. */
export interface RolloutPlan {
  /** A number of steps, of steps within rounds of one episode each, or of whole episodes. */
  readonly kind: 'steps' | 'rounds' | 'episodes';
  /** T for steps and rounds, episodes of each environment otherwise. */
  readonly size: number;
}

/** T steps in every environment; the next rollout goes on where this one stopped. */
export function steps(length: number): RolloutPlan {
  return { kind: 'steps', size: length };
}

/** At most T steps of a round, in which every environment plays one episode and waits until all are through. */
export function rounds(length: number): RolloutPlan {
  return { kind: 'rounds', size: length };
}

/** Whole episodes, so many in every environment. */
export function episodes(each: number): RolloutPlan {
  return { kind: 'episodes', size: each };
}

/** T, the most steps that a rollout of a plan has. */
export function lengthOf({ kind, size }: RolloutPlan, maxSteps: number): number {
  return kind === 'episodes' ? size * maxSteps : size;
}
