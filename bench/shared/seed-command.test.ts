import { describe, expect, test } from 'vitest';
import { parseSeedCommand } from './seed-command.js';

const [short, other, long] = [{ name: 'short' }, { name: 'other' }, { name: 'long' }];
const program = { usage: 'Usage', noun: 'race', entries: [short, other, long], all: [short, other], flags: ['json', 'smoke'] as const };
const parse = (line: string) => parseSeedCommand(program, line.split(' '));

describe('parseSeedCommand', () => {
  test('entries come in the order of the list; all leaves out what is to be named', () => {
    expect(parse('long short').entries).toEqual([short, long]);
    expect(parse('all').entries).toEqual([short, other]);
    expect(parse('all long').entries).toEqual([short, other, long]);
  });

  test('seeds are as many as are asked for, or else as the entry has', () => {
    expect(parse('short').seeds(3)).toEqual([0, 1, 2]);
    expect(parse('short --seeds 2 --first-seed 100').seeds(3)).toEqual([100, 101]);
  });

  test('flags', () => {
    expect(parse('short --json').flags).toEqual({ json: true, smoke: false });
  });

  test.each([
    ['shrt', 'There is no race "shrt". Did you mean "short"?'],
    ['short --seeds 0', '--seeds: got "0"; expected a positive whole number.'],
    ['short --seeds=', '--seeds: got ""; expected a positive whole number.'],
    ['short --first-seed 1.5', '--first-seed: got "1.5"; expected a whole number.'],
    ['--json', 'Name a race.'],
    ['short --jsn', "Unknown option '--jsn'"],
  ])('%s is explained', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });
});
