import { expect, test } from 'vitest';
import { isInteractive } from './progress-stream.js';

const write = () => true;

test.each([
  ['a terminal', { isTTY: true, write }, { TERM: 'xterm' }, true],
  ['a terminal where CI is switched off', { isTTY: true, write }, { CI: 'false' }, true],
  ['a pipe', { write }, { TERM: 'xterm' }, false],
  ['a build machine', { isTTY: true, write }, { CI: 'true' }, false],
  ['a terminal without control characters', { isTTY: true, write }, { TERM: 'dumb' }, false],
])('%s', (_name, stream, env, interactive) => {
  expect(isInteractive(stream, env)).toBe(interactive);
});
