import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { mapLimited } from '../lib/run.mjs';
import { readJson, root } from '../lib/workspace.mjs';
import { failOn } from './check.mjs';

/** Runtimes at work at the same time. */
const AT_ONCE = 2;

/**
 * A training run ends in the same state, byte for byte, in every JavaScript runtime, in a worker thread, in pages of browsers, and on another
 * processor; the unit tests' compositions end where the committed hashes say. That one bundle runs everywhere shows that the packages need
 * nothing that one host has and another has not.
 *
 * @param {import('./check.mjs').Context} context
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function sameBits({ scratch }) {
  // Loaded late: esbuild may have been installed by this run.
  const { bundle } = await import('./same-bits/bundle.mjs');
  const { command, runtimes } = await import('./same-bits/runtimes.mjs');
  const folder = path.join(scratch, 'same-bits');
  mkdirSync(folder);
  await bundle(folder);
  const expected = await command(process.execPath, ['command.mjs'], folder);
  failOn([...againstTwins(expected), ...againstCommitted(expected)]);
  const results = await mapLimited(runtimes, AT_ONCE, async ({ name, train }) => ({ name, got: await train(folder) }));
  const trained = results.filter(({ got }) => !('missing' in got));
  failOn(trained.flatMap(({ name, got }) => differences(name, got, expected)));
  const skipped = results.flatMap(({ name, got }) => ('missing' in got ? [`${name} skipped: ${got.missing}`] : []));
  const note = `${Object.keys(expected).length} runs: Node ${process.versions.node}, ${trained.map(({ name }) => name).join(', ')}`;
  return { note: [note, ...skipped].join('; ') };
}

/** Runs that differ only in where the numbers lie, in whether they were stopped on the way, or in the thread. */
const TWINS = [
  ['A2C, actorCritic, CartPole', 'A2C, actorCritic, CartPole, shared memory', 'A2C, actorCritic, CartPole, stopped and resumed'],
  ['A3C, LSTM, CartPole', 'A3C, LSTM, CartPole, one worker'],
];

/**
 * @param {Record<string, string>} hashes
 * @returns {string[]} complaints
 */
function againstTwins(hashes) {
  return TWINS.flatMap(([own = '', ...others]) =>
    others.filter((name) => hashes[name] !== hashes[own]).map((name) => `${name}: ended in another state than ${own}.`),
  );
}

/**
 * @param {Record<string, string>} hashes
 * @returns {string[]} complaints
 */
function againstCommitted(hashes) {
  /** @type {Record<string, { parameters: string }>} */
  const committed = readJson(path.join(root, 'packages/algos/fixtures/bits.json'));
  const both = Object.keys(hashes).filter((name) => name in committed);
  if (both.length === 0) return ['No composition is in packages/algos/fixtures/bits.json.'];
  const different = both.filter((name) => hashes[name] !== committed[name]?.parameters);
  return different.map((name) => `${name}: ended with other parameters than packages/algos/fixtures/bits.json says.`);
}

/**
 * @param {string} where
 * @param {Record<string, string>} got - of all runs, or of those without threads
 * @param {Record<string, string>} expected
 * @returns {string[]} complaints
 */
function differences(where, got, expected) {
  const names = Object.keys(expected).filter((name) => name in got || !/worker|shared memory/.test(name));
  return names
    .filter((name) => got[name] !== expected[name])
    .map((name) => `${name}: ${where} ended in another state than Node ${process.versions.node} (${got[name]}, not ${expected[name]}).`);
}
