import { describeValue, InvalidOptionsError, PgError, parseOptions, type Space } from '@pg/core';
import type { EnvSpec } from '@pg/envs';
import * as z from 'zod/mini';
import { checkClose } from './checks/close.js';
import { checkFlags, checkObservations, checkRuns, checkTimeLimit } from './checks/episodes.js';
import { checkIsolation } from './checks/isolation.js';
import { checkMasks } from './checks/masks.js';
import { checkOwnObservations } from './checks/own-observations.js';
import { checkBuffers, checkPurity } from './checks/purity.js';
import { checkRender } from './checks/render.js';
import { checkSeeding, checkSeedsDiffer } from './checks/seeding.js';
import { checkShortcut } from './checks/shortcut.js';
import { checkSnapshots } from './checks/snapshots.js';
import { checkSpaces } from './checks/spaces.js';
import { checkBatch, checkVectorized } from './checks/vectorized.js';
import { rebuild } from './rebuild.js';
import type { AnySpec, CheckContext, CheckResult, EnvCheck, EnvFinding, EnvReport } from './report.js';

/** What {@link checkEnv} and {@link inspectEnv} can be told. */
export interface CheckEnvOptions {
  /** The root seed of episodes and of the random actions; 0 by default. */
  readonly seed?: number;
  /** How many steps a play has; 200 by default. There are some twenty plays. */
  readonly steps?: number;
}

const schema = z.strictObject({ seed: z._default(z.int(), 0), steps: z._default(z.int().check(z.gte(1)), 200) });

/** A check, and those without which it would only repeat what they have found. */
interface Step {
  readonly name: EnvCheck;
  readonly needs: readonly EnvCheck[];
  readonly run: (context: CheckContext) => CheckResult;
}

const playable: readonly EnvCheck[] = ['spaces', 'runs', 'rewards', 'observations', 'flags', 'masks'];
const repeatable: readonly EnvCheck[] = [...playable, 'seeding', 'pure'];

const checks: readonly Step[] = [
  { name: 'spaces', needs: [], run: checkSpaces },
  { name: 'runs', needs: ['spaces'], run: checkRuns },
  { name: 'observations', needs: ['spaces', 'runs', 'rewards', 'flags', 'masks'], run: checkOwnObservations },
  { name: 'observations', needs: playable, run: checkObservations },
  { name: 'flags', needs: ['spaces', 'runs', 'rewards', 'observations', 'masks'], run: checkFlags },
  { name: 'time-limit', needs: playable, run: checkTimeLimit },
  { name: 'buffers', needs: playable, run: checkBuffers },
  { name: 'pure', needs: playable, run: checkPurity },
  { name: 'seeding', needs: [...playable, 'pure'], run: checkSeeding },
  { name: 'seeds-differ', needs: repeatable, run: checkSeedsDiffer },
  { name: 'isolation', needs: [...repeatable, 'buffers'], run: checkIsolation },
  { name: 'masks', needs: [...repeatable, 'isolation'], run: checkMasks },
  { name: 'snapshots', needs: [...repeatable, 'isolation', 'buffers'], run: checkSnapshots },
  { name: 'vectorized', needs: [...repeatable, 'isolation', 'buffers'], run: checkVectorized },
  { name: 'batch', needs: [...repeatable, 'isolation', 'buffers', 'vectorized'], run: checkBatch },
  { name: 'shortcut', needs: [...repeatable, 'isolation', 'buffers'], run: checkShortcut },
  { name: 'render', needs: repeatable, run: checkRender },
  { name: 'close', needs: ['spaces'], run: checkClose },
];

/**
 * Looks at an environment as {@link checkEnv} does, and returns what it has found.
 *
 * @param env - a specification; of a vectorised one a single copy is looked at
 * @param options - `seed` and `steps`
 * @throws InvalidOptionsError when `env` is no specification or an option is wrong
 */
export function inspectEnv(env: AnySpec, options: CheckEnvOptions = {}): EnvReport {
  return inspect('inspectEnv', env, options);
}

/** Looks at an environment for the function that users called. */
export function inspect(where: 'inspectEnv' | 'checkEnv', env: AnySpec, options: CheckEnvOptions): EnvReport {
  const context = { spec: singleOf(where, env), ...parseOptions(where, schema, options) };
  const [failures, warnings, skipped]: [EnvFinding[], EnvFinding[], EnvCheck[]] = [[], [], []];
  for (const { name, needs, run } of checks) {
    if (failures.some(({ check }) => check === name)) continue;
    if (failures.some(({ check }) => needs.includes(check))) {
      skipped.push(name);
      continue;
    }
    const result = attempt(name, () => run(context));
    if (result === 'nothing to check') skipped.push(name);
    else if (name === 'seeds-differ') warnings.push(...result);
    else failures.push(...result);
  }
  return { passed: failures.length === 0, failures, warnings, skipped: [...new Set(skipped)] };
}

/** A single copy of what may be a vectorised specification, without the normalisation that copies share: that is there to remember. */
function singleOf(where: string, env: AnySpec): EnvSpec<Space, Space> {
  if (env === null || typeof env !== 'object' || !('~source' in env)) {
    throw new InvalidOptionsError({
      where,
      got: describeValue(env),
      expected: 'an environment specification',
      remedy: 'Pass what cartPole() or defineEnv() return.',
    });
  }
  const source = env['~source'];
  return env.vectorized || source.normalization ? rebuild(source) : (env as unknown as EnvSpec<Space, Space>);
}

/** What a check finds; of what is thrown instead, the check that it is about. */
function attempt(name: EnvCheck, run: () => CheckResult): readonly EnvFinding[] | 'nothing to check' {
  try {
    const result = run();
    return result === 'nothing to check' ? result : result.map((finding) => ({ check: name, ...finding }));
  } catch (error) {
    return [findingOf(name, error)];
  }
}

/** What the library refuses while an environment runs is a finding about rewards, observations or the results of steps. */
function findingOf(name: EnvCheck, error: unknown): EnvFinding {
  if (!PgError.isInstance(error)) {
    return { check: name, got: `${String(error)} thrown`, expected: 'an environment that does not throw', remedy: 'Mend what is thrown here.' };
  }
  const { code, where, got, expected, remedy } = error;
  const refused = name === 'runs' ? aboutWhat(code, where) : undefined;
  return { check: refused ?? name, got: `${got} (${where})`, expected, remedy };
}

function aboutWhat(code: string, where: string): EnvCheck | undefined {
  if (code === 'environment') return 'runs';
  if (where.endsWith('.observe')) return 'observations';
  if (where.endsWith('.actionMask')) return 'masks';
  if (where.endsWith('.step')) return code === 'non-finite' ? 'rewards' : 'flags';
  return undefined;
}
