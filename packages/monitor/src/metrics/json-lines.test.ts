import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DisposedError, UnavailableError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { jsonLines } from './json-lines.js';
import { readJsonLines } from './read-json-lines.js';

const lines = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('jsonLines', () => {
  test('writes one object a line, in folders that it makes', async () => {
    const path = join(scratchFolder(), 'a', 'b', 'metrics.jsonl');
    const log = jsonLines(path);
    log.write({ 'time/total_timesteps': 5 });
    log.write({ 'time/total_timesteps': 10, 'rollout/ep_rew_mean': 21.5 });
    await log.close();
    expect(readFileSync(path, 'utf8')).toBe('{"time/total_timesteps":5}\n{"time/total_timesteps":10,"rollout/ep_rew_mean":21.5}\n');
  });

  test('has a whole line on file after each write, before it is closed', async () => {
    const path = join(scratchFolder(), 'metrics.jsonl');
    const log = jsonLines(path);
    for (let step = 1; step <= 3; step++) {
      log.write({ step });
      expect(lines(path)).toHaveLength(step);
      expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true);
    }
    await log.close();
  });

  test('leaves out what JSON cannot hold', async () => {
    const path = join(scratchFolder(), 'metrics.jsonl');
    const log = jsonLines(path);
    log.write({ a: Number.NaN, b: 1, c: Number.POSITIVE_INFINITY });
    await log.close();
    expect(lines(path)).toEqual([{ b: 1 }]);
  });

  test('replaces an old file, or goes on after its last whole line', async () => {
    const path = join(scratchFolder(), 'metrics.jsonl');
    writeFileSync(path, '{"step":1}\n{"step":2}\n{"ste');
    const resumed = jsonLines(path, { append: true });
    resumed.write({ step: 3 });
    await resumed.close();
    expect(lines(path)).toEqual([{ step: 1 }, { step: 2 }, { step: 3 }]);
    await jsonLines(path).close();
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  test.each([
    ['CRLF', '{"step":1}\r\n', '{"step":1}\r\n{"step":3}\r\n'],
    ['a byte order mark', '\uFEFF{"step":1}\n', '\uFEFF{"step":1}\n{"step":3}\n'],
    ['a last row without its end', '{"step":1}\n{"step":2}', '{"step":1}\n{"step":2}\n{"step":3}\n'],
    ['a torn row', '{"step":1}\n{"step":2', '{"step":1}\n{"step":3}\n'],
  ])('goes on after %s, and is read back', async (_, before, after) => {
    const path = join(scratchFolder(), 'metrics.jsonl');
    writeFileSync(path, before);
    const log = jsonLines(path, { append: true });
    log.write({ step: 3 });
    await log.close();
    expect(readFileSync(path, 'utf8')).toBe(after);
    expect(readJsonLines('test', path).rows.at(-1)).toEqual({ step: 3 });
  });

  test('says what to do when the file system refuses', () => {
    const folder = scratchFolder();
    expect(() => jsonLines(folder)).toThrow(UnavailableError);
    expect(() => jsonLines(folder)).toThrow(`jsonLines: got "${folder}", which is a folder; expected a regular file. Name a file in it.`);
    writeFileSync(join(folder, 'file'), '');
    expect(() => jsonLines(join(folder, 'file', 'metrics.jsonl'))).toThrow('A part of the path is a file; choose another path.');
  });

  test('refuses a row after close, and an unknown option', async () => {
    const log = jsonLines(join(scratchFolder(), 'metrics.jsonl'));
    await log.close();
    await log.close();
    expect(() => log.write({ step: 1 })).toThrow(DisposedError);
    expect(() => jsonLines('unused', { apend: true } as never)).toThrow('Did you mean "append"?');
  });
});
