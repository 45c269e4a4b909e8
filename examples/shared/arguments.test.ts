import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseArguments } from './arguments.js';

const definition = {
  purpose: 'Counts.',
  options: {
    rate: { default: 0.1, least: 0, description: 'how fast' },
    envs: { default: 4, whole: true, least: 1, description: 'how many' },
    until: { default: Number.POSITIVE_INFINITY, description: 'where to end' },
    name: { default: '', description: 'a folder' },
    kind: { default: 'plain', choices: ['plain', 'fancy'], description: 'which one' },
    many: { default: '', choices: ['one', 'two', 'three', 'four', 'five', 'six', 'seven'], description: 'which ones' },
    test: { default: false, description: 'plays only' },
  },
  presets: { fast: { rate: 0.5, envs: 8 } },
} as const;

afterEach(() => vi.restoreAllMocks());

/** What a command line gives, or what is printed when it ends the program. */
function parse(line: string, remembered?: () => object) {
  const argv = process.argv;
  process.argv = ['node', 'main.js', ...line.split(' ').filter((word) => word !== '')];
  const printed: string[] = [];
  const print = (text: unknown) => printed.push(String(text)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(print);
  vi.spyOn(process.stderr, 'write').mockImplementation(print);
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`${code}: ${printed.join('')}`);
  });
  try {
    return parseArguments({ ...definition, ...(remembered && { remembered }) });
  } finally {
    process.argv = argv;
    vi.restoreAllMocks();
  }
}

const defaults = { rate: 0.1, envs: 4, until: Number.POSITIVE_INFINITY, name: '', kind: 'plain', many: '', test: false, preset: '' };

describe('parseArguments', () => {
  test('what is given stands before what is remembered, that before a preset, that before the defaults', () => {
    expect(parse('')).toEqual(defaults);
    expect(parse('--preset fast')).toEqual({ ...defaults, preset: 'fast', rate: 0.5, envs: 8 });
    expect(parse('--envs 2 --preset fast', () => ({ rate: 0.7 }))).toEqual({ ...defaults, preset: 'fast', rate: 0.7, envs: 2 });
    expect(parse('', () => ({ preset: 'fast', envs: 16 }))).toEqual({ ...defaults, preset: 'fast', rate: 0.5, envs: 16 });
  });

  test('numbers, texts and flags', () => {
    expect(parse('--rate=1e-3 --envs 1_000 --name a --kind fancy --test --until -3')).toEqual({
      ...defaults,
      rate: 1e-3,
      envs: 1000,
      name: 'a',
      kind: 'fancy',
      test: true,
      until: -3,
    });
  });

  test.each([
    ['--rate x', '1: --rate: got "x"; expected a number at least 0: how fast.'],
    ['--envs 1.5', '1: --envs: got "1.5"; expected a whole number at least 1: how many.'],
    ['--envs', '1: --envs needs a value: how many.'],
    ['--rat 1', '1: Unknown option --rat. Did you mean --rate?'],
    ['--kind fanci', '1: --kind: got "fanci"; expected plain or fancy: which one. Did you mean "fancy"?'],
    ['--many sevn', '1: --many: got "sevn"; expected one of those that --help lists: which ones. Did you mean "seven"?'],
    ['--many 99', '1: --many: got "99"; expected one, two, three, four, five, six or seven: which ones.'],
    ['--preset slow', '1: --preset: got "slow"; expected fast: settings to start from.'],
    ['--test=yes', '1: --test takes no value: plays only.'],
    ['more', '1: Unexpected "more". Options:'],
  ])('%s is explained', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });

  test('--help says what there is', () => {
    expect(() => parse('--help')).toThrow(
      '0: Counts.\n\nOptions:\n  --rate    how fast (default 0.1)\n  --envs    how many (default 4)\n  --until   where to end\n',
    );
    expect(() => parse('--help')).toThrow('which one: plain or fancy (default plain)');
    expect(() => parse('--help')).toThrow('Presets:\n  --preset fast  --rate 0.5 --envs 8');
  });
});
