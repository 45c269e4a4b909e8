import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidOptionsError } from '@pg/core';
import { freeDirectory, readRun } from '@pg/monitor';

/** Where all runs are. */
const RUNS = 'runs';

/**
 * The folder of a new run.
 *
 * @throws InvalidOptionsError when it holds one already
 */
export function newRunFolder(example: string, { name, seed }: { readonly name: string; readonly seed: number }): string {
  if (name === '') return freeDirectory(RUNS, `${example}-seed-${seed}`);
  const folder = join(RUNS, name);
  if (!existsSync(join(folder, 'config.json'))) return folder;
  throw new InvalidOptionsError({
    where: example,
    got: `${folder}, which holds a run already`,
    expected: 'a folder without one',
    remedy: 'Choose another --name, go on with that run by --resume, or remove the folder.',
  });
}

/**
 * The folder of a run that is there.
 *
 * @throws InvalidOptionsError when there is none, or when it is of another example
 */
export function existingRunFolder(example: string, name = ''): string {
  const folder = name === '' ? lastRunFolder(example) : join(RUNS, name);
  const config = folder === undefined ? undefined : readConfig(folder);
  if (folder !== undefined && config?.example === example) return folder;
  throw new InvalidOptionsError({
    where: example,
    got: name === '' ? `no run of this example below ${RUNS}/` : `${join(RUNS, name)}, ${describeConfig(config, join(RUNS, name))}`,
    expected: `a run of ${example}`,
    remedy: name === '' ? 'Train first, or say which run with --name.' : 'Say which run with --name, or leave that out for the last one.',
  });
}

/** The folder of the run of an example that was started last. */
export function lastRunFolder(example: string): string | undefined {
  const folders = existsSync(RUNS) ? readdirSync(RUNS).map((name) => join(RUNS, name)) : [];
  const started = (folder: string) => statSync(join(folder, 'config.json')).mtimeMs;
  return folders
    .filter((folder) => readConfig(folder)?.example === example)
    .sort((a, b) => started(a) - started(b))
    .at(-1);
}

/** The settings of the run that goes on. */
export function rememberedSettings(example: string, name?: string): Readonly<Record<string, unknown>> {
  return settingsIn(existingRunFolder(example, name));
}

/** The settings of the run whose policy is tested; none where no run is named and there is none. */
export function testedSettings(example: string, name = ''): Readonly<Record<string, unknown>> {
  const folder = name === '' ? lastRunFolder(example) : existingRunFolder(example, name);
  return folder === undefined ? {} : settingsIn(folder);
}

function settingsIn(folder: string): Readonly<Record<string, unknown>> {
  const settings = Object.entries(readConfig(folder)?.settings ?? {});
  return Object.fromEntries(settings.filter(([, value]) => value !== null)); // null is what JSON makes of infinity
}

/** How far a run has come. */
export interface Progress {
  readonly step: number;
  readonly updates: number;
  readonly episodes: number;
  readonly meanReturn: number;
}

/** How far the run of a folder had come at a step, by the last row of its metrics until then; not at all where they do not say. */
export function progressAt(folder: string, step: number): Progress {
  const row = step > 0 ? readRun(folder).metrics.findLast((earlier) => earlier['time/total_timesteps']! <= step) : undefined;
  const { 'time/iterations': updates = 0, 'time/episodes': episodes = 0, 'rollout/ep_rew_mean': meanReturn = Number.NaN } = row ?? {};
  return { step, updates, episodes, meanReturn };
}

interface Config {
  readonly example: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What a run folder says of itself; nothing where it is none. */
function readConfig(folder: string): Config | undefined {
  try {
    const { config: first, resumed = [] } = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    const { config } = resumed.findLast((session: { config?: Config }) => session.config !== undefined) ?? { config: first };
    return typeof config?.example === 'string' && typeof config.settings === 'object' ? config : undefined;
  } catch {
    return undefined;
  }
}

function describeConfig(config: Config | undefined, folder: string): string {
  if (config !== undefined) return `which is a run of ${config.example}`;
  return existsSync(join(folder, 'config.json')) ? 'whose config.json is not as an example wrote it' : 'which holds no run of an example';
}
