import { describe, expect, test } from 'vitest';
import { element, escapeXml, round } from './svg.js';

describe('escapeXml', () => {
  test('escapes markup', () => {
    expect(escapeXml('a < b & "c" > d')).toBe('a &lt; b &amp; &quot;c&quot; &gt; d');
  });

  test('drops what XML forbids, and keeps other languages and emoji', () => {
    expect(escapeXml('a\u0000b\u001bc\ud800d\tréussi 学習 🚀')).toBe('abcd\tréussi 学習 🚀');
  });
});

test('element rounds numbers and nests', () => {
  expect(element('g', { x: 1.23456, label: 'a"b' }, element('rect', {}))).toBe('<g x="1.23" label="a&quot;b"><rect/></g>');
});

test('round keeps 2 decimals and has no −0', () => {
  expect(round(1.006)).toBe(1.01);
  expect(Object.is(round(-0.001), 0)).toBe(true);
});
