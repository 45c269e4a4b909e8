import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { evaluate, type Learner, reachesReturn, type Update } from '@pg/algos';
import { type Space, UnavailableError } from '@pg/core';
import { createRun, type TrainingUpdate } from '@pg/monitor';
import type { Policy } from '@pg/policies';
import { loadNewestCheckpoint, saveCheckpoint } from './checkpoints.js';
import type { Example } from './example.js';
import { existingRunFolder, newRunFolder, type Progress, progressAt } from './run-folder.js';
import { runPage } from './run-page.js';
import { showEpisode } from './show-episode.js';
import { stopSignal } from './stop-signal.js';
import { trainingProgress } from './training-progress.js';

/** A training run with everything around it: its folder, progress, checkpoints, and an end that loses nothing. */
export interface ExampleRun<TUpdate extends Update> {
  /** Where its files are. */
  readonly directory: string;
  /** Trains as long as the settings say, less what was done before, and until Ctrl-C. */
  train(): AsyncGenerator<TUpdate, void, undefined>;
  /** Shows and records an update, with further numbers if there are any, and saves a checkpoint from time to time. */
  record(update: TUpdate, further?: Readonly<Record<string, number>>): Promise<void>;
  /** Saves everything, plays with what was learned, and says how it went. */
  finish(): Promise<void>;
}

/** Starts an example's run, or with `--resume` goes on with one. */
export async function startRun<TObs extends Space, TAct extends Space, TUpdate extends Update>(
  example: Example<TObs, TAct, TUpdate>,
): Promise<ExampleRun<TUpdate>> {
  const { name, environment, algorithm, settings, goal = solvedAt(environment) } = example;
  const { resume, seed } = settings;
  const steps = stepsOf(example);
  const folder = resume ? existingRunFolder(name, settings.name) : newRunFolder(name, settings);
  const learner = resume ? await loadNewestCheckpoint(folder, algorithm) : algorithm.build({ seed });
  const start = learner.step;
  const before = progressAt(folder, start);
  const config = { example: name, environment: environment.id, settings };
  const curve = { title: `${name}, seed ${seed}`, ...(goal && { reference: goal }) };
  const page = await runPage({ ...example, goal, settings: { ...settings, steps } }, learner, { folder, start }); // first, because a port may be taken
  const progress = trainingProgress({ ...settings, steps }, before);
  const { tensorboard } = settings;
  const run = createRun({ directory: folder, config, resume, start, tensorboard, curve, warn: (message) => progress.log(message) });
  /** The last update, until there is a row of it. */
  let unlogged: TrainingUpdate | undefined;
  const log = () => {
    if (unlogged) run.record(unlogged);
    unlogged = undefined;
  };
  run.play(learner, environment.make({ seed }));
  const signal = stopSignal();
  outliveTheScreen();
  console.log(`${resume ? 'Goes on' : 'Trains'} in ${relative('.', folder)}/; Ctrl-C stops, and keeps what was learned.`);
  /** A checkpoint that finds no room, or no folder, is no reason to end: the next may find some. */
  const tellOfLoss = (error: unknown) => {
    if (!UnavailableError.isInstance(error)) throw error;
    progress.log(`No checkpoint was saved: ${error.message}`);
  };
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  return {
    directory: folder,
    async *train() {
      const isEnough = limitOf(settings);
      if (isEnough(before)) return;
      const left = Math.min(steps, Number.MAX_SAFE_INTEGER) - start;
      try {
        yield* learner.train({ steps: left, signal, until: isEnough });
      } catch (error) {
        progress.stop();
        log();
        await run.fail(error);
        await page.fail(error);
        throw error;
      }
    },
    async record(update, further = {}) {
      progress.update(update);
      page.update({ ...update, ...further });
      unlogged = { ...update, ...further };
      const saves = update.updates % settings['checkpoint-every'] === 0;
      if (saves || update.updates % settings['log-every'] === 0) log();
      if (saves) await saveCheckpoint(run, learner).catch(tellOfLoss);
    },
    async finish() {
      progress.stop();
      log();
      const trainingSeconds = (performance.now() - began) / 1000;
      const cpuSeconds = process.cpuUsage(cpuBefore).user / 1e6;
      const end = { status: signal.aborted ? 'stopped' : 'finished' } as const;
      const saved = [
        await attempt('The last checkpoint', () => saveCheckpoint(run, learner)),
        await attempt('The policy', () => learner.save(run.path('policy.safetensors'))),
      ];
      if (!saved[1]) await saveElsewhere(learner, folder);
      const verb = signal.aborted ? 'Stopped after' : 'Trained for';
      console.log(`${verb} ${(learner.step - start).toLocaleString('en')} steps in ${trainingSeconds.toFixed(1)} s.`);
      const evaluation = await evaluateAndTell(example, learner.policy);
      saved.push(await attempt('A file of the run', () => run.finish({ trainingSeconds, cpuSeconds, ...evaluation }, end)));
      await page.finish({ trainingSeconds, ...evaluation }, end);
      if (settings.render) saved.push(await attempt('The episode', () => showEpisode(example, learner.policy, run.path())));
      console.log(saved.every(Boolean) ? whereAllIs(folder) : `What was saved is in ${relative('.', folder)}/`);
      learner.dispose();
    },
  };
}

/** Hours of training must not be lost because a folder cannot be written to any more. */
async function saveElsewhere(learner: Pick<Learner<Space, Space, Update>, 'save'>, folder: string): Promise<void> {
  const file = join(tmpdir(), `${basename(folder)}-policy.safetensors`);
  if (await attempt('The policy', () => learner.save(file))) console.error(`The policy is in ${file} instead.`);
}

function whereAllIs(folder: string): string {
  return `Policy, checkpoints and metrics are in ${relative('.', folder)}/, curves and an episode in ${relative('.', join(folder, 'run.html'))}`;
}

/** Saves one thing of several, and says whether it is: where the file system refuses it, the others are still saved, and the program ends with code 1. */
async function attempt(what: string, save: () => void | Promise<void>): Promise<boolean> {
  try {
    await save();
    return true;
  } catch (error) {
    if (!UnavailableError.isInstance(error)) throw error;
    console.error(`${what} was not saved: ${error.message}`);
    process.exitCode = 1;
    return false;
  }
}

/** A pipe that nobody reads, or a terminal that is gone, is no reason to end. */
function outliveTheScreen(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** How many steps a run takes at most, as far as that is known beforehand. */
function stepsOf({
  settings: { steps, updates },
  stepsPerUpdate = Number.POSITIVE_INFINITY,
}: Pick<Example<Space, Space, Update>, 'settings' | 'stepsPerUpdate'>): number {
  return Math.min(steps, updates * stepsPerUpdate);
}

function solvedAt({ rewardThreshold }: Pick<Example<Space, Space, Update>['environment'], 'rewardThreshold'>): Example<Space, Space, Update>['goal'] {
  return rewardThreshold === undefined ? undefined : { y: rewardThreshold, label: `solved at ${rewardThreshold}` };
}

/** Whether a run has come as far as the settings say. */
function limitOf({ steps, episodes, updates, until }: Example<Space, Space, Update>['settings']): (progress: Progress) => boolean {
  const reached = Number.isFinite(until) ? reachesReturn(until) : () => false;
  return (progress) => progress.step >= steps || progress.episodes >= episodes || progress.updates >= updates || reached(progress);
}

async function evaluateAndTell<TObs extends Space, TAct extends Space>(
  { environment, settings: { 'test-episodes': episodes, seed } }: Pick<Example<TObs, TAct, never>, 'environment' | 'settings'>,
  policy: Policy<TObs, TAct>,
): Promise<object> {
  if (episodes === 0) return {};
  const { meanReturn, stdReturn } = await evaluate(policy, environment, { episodes, seed });
  console.log(`Played ${episodes} fresh episode${episodes === 1 ? '' : 's'} greedily: mean return ${meanReturn.toFixed(2)} ± ${stdReturn.toFixed(2)}.`);
  return { evaluation: { episodes, meanReturn, stdReturn } };
}
