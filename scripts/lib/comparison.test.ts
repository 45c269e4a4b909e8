import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { comparisonJson, comparisonTable, runFolders } from './comparison.mjs';
import { table } from './table.mjs';

const run = (name: string, seed: number, finalReturn: number) => ({
  name,
  directory: `/runs/${name}`,
  status: 'finished' as const,
  steps: 416_000,
  seconds: 75.4,
  stepsPerSecond: 5517.2,
  finalReturn,
  bestReturn: 53.16,
  result: { solved: true, evaluation: { meanReturn: 117.04567 } },
  group: 'a2c',
  settings: { seed },
});
const comparison = { differing: ['seed'], runs: [run('a', 0, 48), run('bee', 1, Number.NaN)], groups: [] };

test('the table says in what runs differ, what they took and what they reached', () => {
  expect(comparisonTable(comparison)).toBe(
    [
      'run  seed    status  steps done  time  steps/s  final return  best return  solved  evaluation.meanReturn',
      'a       0  finished     416,000  1:15    5,517          48.0         53.2    true                    117',
      'bee     1  finished     416,000  1:15    5,517             -         53.2    true                    117',
    ].join('\n'),
  );
});

test('on a narrow terminal each run is a block', () => {
  const lines = comparisonTable(comparison, 20).split('\n');
  expect(lines.slice(0, 4)).toEqual(['run: a', 'seed: 0', 'status: finished', 'steps done: 416,000']);
  expect(lines[10]).toBe('');
  expect(lines[11]).toBe('run: bee');
});

test('columns with nothing in them are left out', () => {
  expect(table(['a', 'b', 'c'], [['x', '', '1']])).toBe('a  c\nx  1');
});

test('JSON has null for what is not known', () => {
  expect(JSON.parse(comparisonJson(comparison)).runs[1]).toMatchObject({ name: 'bee', finalReturn: null, bestReturn: 53.16 });
});

test('a folder of runs stands for the runs in it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pg-compare-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['b', 'a', 'notes']) mkdirSync(path.join(folder, name));
  for (const name of ['a', 'b']) writeFileSync(path.join(folder, name, 'config.json'), '{}');
  expect(runFolders([folder, 'missing'])).toEqual([path.join(folder, 'a'), path.join(folder, 'b'), 'missing']);
  expect(runFolders([path.join(folder, 'notes')])).toEqual([path.join(folder, 'notes')]);
});
