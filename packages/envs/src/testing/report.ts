import type { Space } from '@pg/core';
import type { EnvSpec } from '@pg/envs';

/** Any environment's specification. */
// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
export type AnySpec = EnvSpec<any, any, boolean>;

/** What {@link checkEnv} looks at. */
export type EnvCheck =
  | 'spaces'
  | 'runs'
  | 'observations'
  | 'rewards'
  | 'flags'
  | 'masks'
  | 'time-limit'
  | 'buffers'
  | 'pure'
  | 'seeding'
  | 'seeds-differ'
  | 'isolation'
  | 'snapshots'
  | 'vectorized'
  | 'batch'
  | 'shortcut'
  | 'render'
  | 'close';

/** Something that is wrong with an environment. */
export interface EnvFinding {
  /** The check that found it. */
  readonly check: EnvCheck;
  /** What the environment did. */
  readonly got: string;
  /** What it should do. */
  readonly expected: string;
  /** What its author can do about it. */
  readonly remedy: string;
}

/** What the checks found. */
export interface EnvReport {
  /** Whether there are no failures. */
  readonly passed: boolean;
  /** What has to be mended. */
  readonly failures: readonly EnvFinding[];
  /** What may be meant: environments without randomness exist. */
  readonly warnings: readonly EnvFinding[];
  /** Checks that were not made, because what they rest on has failed or because there is nothing for them. */
  readonly skipped: readonly EnvCheck[];
}

/** What a check is made with. */
export interface CheckContext {
  /** One copy of the environment. */
  readonly spec: EnvSpec<Space, Space>;
  /** The root seed of episodes and actions. */
  readonly seed: number;
  /** How many steps to play. */
  readonly steps: number;
}

/** What a check says: findings, or that there is nothing for it. */
export type CheckResult = readonly Omit<EnvFinding, 'check'>[] | 'nothing to check';
