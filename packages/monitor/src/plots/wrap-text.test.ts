import { describe, expect, test } from 'vitest';
import { cutText, wrapText } from './wrap-text.js';

// A character is taken to be 5.6 pixels wide at a font size of 10.
const room = { width: 20.5 * 5.6, fontSize: 10, lines: 3 };

describe('wrapText', () => {
  test('leaves alone what fits', () => {
    expect(wrapText('A2C on CartPole-v1', room)).toEqual(['A2C on CartPole-v1']);
    expect(wrapText('', room)).toEqual(['']);
  });

  test('makes lines of about equal length, without a last word alone', () => {
    expect(wrapText('one two three four 5', { ...room, width: 19.5 * 5.6 })).toEqual(['one two', 'three four 5']);
  });

  test('what finds no place ends with an ellipsis', () => {
    const lines = wrapText('the first line fills and the second line fills and the third line fills and the fourth', { ...room, lines: 2 });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/…$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(20);
  });

  test('a word that is too long is cut', () => {
    expect(wrapText('a '.concat('b'.repeat(50)), room)).toEqual(['a', `${'b'.repeat(19)}…`]);
  });
});

test('cutText counts characters, not code units', () => {
  expect(cutText('🚀🚀🚀🚀', { width: 3.5 * 5.6, fontSize: 10 })).toBe('🚀🚀…');
  expect(cutText('abc', { width: 3.5 * 5.6, fontSize: 10 })).toBe('abc');
});
