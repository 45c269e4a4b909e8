import { afterEach, describe, expect, test } from 'vitest';
import { describeArguments } from './describe-arguments.js';

const { columns } = process.stdout;
afterEach(() => {
  process.stdout.columns = columns;
});

const specs = {
  env: { default: 'C', choices: ['A', 'B', 'C'], description: 'where it learns' },
  'rather-long': { default: false, description: 'what takes a line, and then another one of words that find no room beside the others' },
} as const;

describe('describeArguments', () => {
  test('lines fit the terminal, and go on below where they began', () => {
    process.stdout.columns = 60;
    expect(describeArguments(specs, {}).split('\n')).toEqual([
      'Options:',
      '  --env          where it learns: A, B or C (default C)',
      '  --rather-long  what takes a line, and then another one of',
      '                 words that find no room beside the others',
      '  --help         show this',
    ]);
  });

  test('presets are what one would have to type', () => {
    expect(describeArguments(specs, { best: { env: 'B', 'rather-long': true, steps: 2_500_000, rate: 1e-4 } })).toMatch(
      /Presets:\n {2}--preset best {2}--env B --rather-long --steps 2_500_000 --rate 0.0001$/,
    );
  });
});
