import { describe, expect, test } from 'vitest';
import { suggest } from './suggest.js';

const known = ['gamma', 'lambda', 'learningRate', 'rolloutLength', 'entropyCoef'];

describe('suggest', () => {
  test.each([
    ['gama', 'gamma'],
    ['GAMMA', 'gamma'],
    ['lamda', 'lambda'],
    ['learning_rate', 'learningRate'],
    ['learnRate', 'learningRate'],
    ['rolloutSteps', undefined],
    ['entropyCoeff', 'entropyCoef'],
    ['gamma', 'gamma'],
    ['lmabda', 'lambda'],
  ])('%s means %s', (name, meant) => {
    expect(suggest(name, known)).toBe(meant);
  });

  test.each([
    ['nSteps', 'rolloutLength'],
    ['n_steps', 'rolloutLength'],
    ['num_steps', 'rolloutLength'],
    ['ent_coef', 'entropyCoef'],
    ['entCoef', 'entropyCoef'],
    ['gae_lambda', 'lambda'],
    ['lr', 'learningRate'],
  ])('%s of another library means %s', (name, meant) => {
    expect(suggest(name, known)).toBe(meant);
    expect(suggest(name, ['units'])).toBe(undefined);
  });

  test('another name stands for the first that is known', () => {
    expect(suggest('action_masks', ['greedy', 'mask'])).toBe('mask');
    expect(suggest('actionMasks', ['mask', 'masks'])).toBe('masks');
    expect(suggest('constructor', ['mask'])).toBe(undefined);
  });

  test.each(['seed', 'batchSize', '', 'x', 'ga'])('%s is near nothing', (name) => {
    expect(suggest(name, known)).toBe(undefined);
  });

  test('swapped letters are one slip', () => {
    expect(suggest('sede', ['seed', 'envs', 'steps', 'rate'])).toBe('seed');
    expect(suggest('sede', ['eves'])).toBe(undefined);
  });

  test('takes the nearest, and of equally near ones the first', () => {
    expect(suggest('v3', ['v0', 'v1', 'v30'])).toBe('v0');
    expect(suggest('abcdefx', ['abcdxyz', 'abcdefg'])).toBe('abcdefg');
  });

  test('a name with nothing in common is not meant, however short', () => {
    expect(suggest('x', ['n'])).toBe(undefined);
    expect(suggest('', ['n'])).toBe(undefined);
  });

  test('nothing is known', () => {
    expect(suggest('gamma', [])).toBe(undefined);
  });

  test('leaves the list in its order', () => {
    const list = ['b', 'a'];
    suggest('a', list);
    expect(list).toEqual(['b', 'a']);
  });
});
