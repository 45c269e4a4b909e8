// Compares finished and running runs: `node scripts/compare.mjs runs/a runs/b … [--help]`. Prints a table and draws their curves.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { comparisonJson, comparisonTable, runFolders } from './lib/comparison.mjs';
import { runScript, setup } from './setup.mjs';

const USAGE = `Usage: npm run compare -- RUN… [--out FILE] [--json] [--over steps] [--metric NAME] [--band range] [--title TEXT]

RUN is the folder of a run, such as runs/cart-pole, or a folder of such folders, such as runs. Runs that differ in their seed only
become one curve: their median, with a band around it.

  --out FILE      the picture, .svg or .png (default: compare.svg beside the first run; with --json none)
  --json          print everything as JSON
  --over AXIS     steps, seconds, episodes or updates (default steps)
  --metric NAME   what is drawn (default rollout/ep_rew_mean, the mean return)
  --band KIND     range: from the lowest seed to the highest, or quartiles (default range)
  --ended KIND    cut: the curve of several seeds ends with the first of them; hold: a seed that has ended keeps its last value (default cut)
  --title TEXT    above the picture (default none, or what a single curve is)
  --help          show this`;

const axes = { steps: 'environment steps', seconds: 'wall-clock time', episodes: 'episodes', updates: 'updates' };

/** Settings of the examples that change nothing in what is learned: runs that differ in these are alike. */
const HANDLING = ['name', 'checkpoint-every', 'log-every', 'tensorboard', 'resume', 'test', 'policy', 'test-episodes', 'watch', 'port', 'render'];

/** A command line that cannot be followed. */
class UsageError extends Error {
  remedy = 'See --help.';
}

runScript(async () => {
  const { values, positionals } = commandLine();
  if (values.help) return console.log(USAGE);
  if (positionals.length === 0) throw new UsageError(`Name the folders of the runs.\n\n${USAGE}`);
  await setup();
  const { compareRuns } = await import('@pg/monitor');
  const runs = await read(runFolders(positionals));
  if (runs.length === 0) return; // each of them was told of
  const comparison = compareRuns(runs, { ignore: HANDLING });
  console.log(values.json ? comparisonJson(comparison) : comparisonTable(comparison, process.stdout.isTTY ? process.stdout.columns : undefined));
  const first = /** @type {string} */ (comparison.runs[0]?.directory);
  const out = values.out ?? (values.json ? undefined : path.join(path.dirname(first), 'compare.svg'));
  if (out === undefined) return;
  await draw(comparison, out, values);
  if (!values.json) console.log(`\nThe picture is ${path.relative('.', path.resolve(out))}`);
});

function commandLine() {
  const text = /** @type {const} */ ({ type: 'string' });
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  const options = { out: text, json: flag, over: text, metric: text, band: text, ended: text, title: text, help: { ...flag, short: 'h' } };
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error.message}\n\n${USAGE}`);
  }
}

/**
 * Runs that cannot be read are told of and left out.
 *
 * @param {readonly string[]} folders
 */
async function read(folders) {
  const { readRun } = await import('@pg/monitor');
  return folders.flatMap((folder) => {
    try {
      const run = readRun(folder);
      for (const warning of run.warnings) console.error(`${folder}: ${warning}`);
      return [run];
    } catch (error) {
      if (typeof error.remedy !== 'string') throw error;
      console.error(error.message);
      process.exitCode = 1;
      return [];
    }
  });
}

/**
 * @param {import('./lib/comparison.mjs').Comparison} comparison
 * @param {string} out
 * @param {ReturnType<typeof commandLine>['values']} values
 */
async function draw({ groups }, out, { over, metric, band, ended, title }) {
  const { groupCurve, learningCurve, writePlot } = await import('@pg/monitor');
  /** @type {Record<string, any>} - checked by groupCurve */
  const choice = Object.fromEntries(Object.entries({ over, metric, band, ended }).filter(([, value]) => value !== undefined));
  const curves = groups.map((group) => groupCurve(group, choice));
  if (metric !== undefined && curves.every(({ points }) => points.length === 0)) throw unknownMetric(metric, groups);
  const axis = over === 'seconds' ? { xUnit: /** @type {const} */ ('seconds') } : { xLabel: axes[/** @type {keyof typeof axes} */ (over ?? 'steps')] };
  // A single curve has no name at its end.
  const heading = title ?? (groups.length === 1 ? groups[0]?.label : undefined);
  const texts = { ...(heading === undefined ? {} : { title: heading }), ...(metric === undefined ? {} : { yLabel: metric }) };
  await writePlot(out, learningCurve(curves, { ...axis, ...texts }));
}

/**
 * @param {string} metric
 * @param {import('./lib/comparison.mjs').Comparison['groups']} groups
 */
function unknownMetric(metric, groups) {
  const known = new Set(groups.flatMap(({ runs }) => runs.flatMap(({ metrics }) => metrics.flatMap((row) => Object.keys(row)))));
  return new UsageError(`No run has the metric "${metric}"; there are: ${[...known].join(', ')}.`);
}
