import { expect, test } from 'vitest';
import { plainStyle, styleFor } from './style.js';

const write = () => true;

test.each([
  ['a terminal', { write }, {}, true],
  ['a terminal that has colours', { write, hasColors: () => true }, { NO_COLOR: '' }, true],
  ['a terminal without colours', { write, hasColors: () => false }, {}, false],
  ['NO_COLOR', { write, hasColors: () => true }, { NO_COLOR: '1' }, false],
])('%s', (_name, stream, env, colors) => {
  expect(styleFor(stream, env) !== plainStyle).toBe(colors);
});
