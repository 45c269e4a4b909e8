import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envOption } from './env-option.js';
import { exampleArguments } from './example-arguments.js';

const [before, folder] = [process.cwd(), mkdtempSync(join(tmpdir(), 'example-arguments-'))];

/** A run folder as one run and what it was resumed with leave it. */
function writeRun(name: string, settings: object, ...resumed: object[]): void {
  mkdirSync(join(folder, 'runs', name), { recursive: true });
  const config = { example: 'learn-pong', settings };
  const sessions = resumed.map((changed) => ({ config: { example: 'learn-pong', settings: changed } }));
  writeFileSync(join(folder, 'runs', name, 'config.json'), JSON.stringify({ config, resumed: sessions }));
}

beforeAll(() => {
  process.chdir(folder);
  writeRun('slow', { env: 'Pong-v0', skip: 3, rate: 0.5, seed: 4, steps: 100, episodes: null });
  writeRun('more', { env: 'Pong-v4', steps: 100 }, { env: 'Pong-v4', steps: 900 });
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

function parse(line: string) {
  const argv = process.argv;
  process.argv = ['node', 'main.js', ...line.split(' ')];
  try {
    return exampleArguments({
      name: 'learn-pong',
      purpose: 'Learns.',
      budget: { steps: 1000 },
      checkpointEvery: 10,
      options: {
        env: envOption('PongDeterministic-v4', ['Pong']),
        skip: { default: 1, environment: true, description: 'frames' },
        rate: { default: 0.1, description: 'how fast' },
      },
      presets: { fast: { rate: 1, env: 'Pong-v3' } },
    });
  } finally {
    process.argv = argv;
  }
}

describe('exampleArguments', () => {
  test('--resume goes on with everything that the run was told, unless it is given anew', () => {
    expect(parse('--resume --name slow')).toMatchObject({ env: 'Pong-v0', skip: 3, rate: 0.5, seed: 4, steps: 100, episodes: Number.POSITIVE_INFINITY });
    expect(parse('--resume --name slow --steps 500 --rate 2')).toMatchObject({ env: 'Pong-v0', rate: 2, steps: 500 });
    expect(parse('--resume --name more')).toMatchObject({ env: 'Pong-v4', steps: 900 });
  });

  test('--test plays the environment of the run, and takes nothing else from it', () => {
    expect(parse('--test --name slow')).toMatchObject({ env: 'Pong-v0', skip: 3, rate: 0.1, seed: 0, steps: 1000 });
    expect(parse('--test --name slow --env Pong-v4')).toMatchObject({ env: 'Pong-v4', skip: 3 });
    expect(parse('--test --policy some.safetensors')).toMatchObject({ env: 'PongDeterministic-v4', skip: 1 });
    expect(() => parse('--test --name nowhere')).toThrow('nowhere, which holds no run of an example; expected a run of learn-pong.');
  });

  test('a preset may name another environment', () => {
    expect(parse('--preset fast')).toMatchObject({ env: 'Pong-v3', rate: 1 });
    expect(parse('--preset fast --env Pong-v0')).toMatchObject({ env: 'Pong-v0', rate: 1 });
  });
});
