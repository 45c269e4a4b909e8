import { InvalidFileError } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failure, redescribe, set, setAt, withDescription } from '../../fixtures/edit-policy-file.js';
import { makers } from '../../fixtures/policies.js';
import { editHeader, type Header, makeFile, readSafeTensors } from '../../fixtures/read-safetensors.js';

/** As earlier releases wrote it, without a checksum, which would refuse all that follows. */
const unchecked = (file: Uint8Array) => editHeader(file, (header) => header);
const bytes = unchecked(makers.categorical().toBytes());

describe('corrupt files', () => {
  const broken = 'The file does not hold together: save it again.';
  const actor = unchecked(makers['discrete actorCritic']().toBytes());
  const gaussian = unchecked(makers.diagonalGaussian().toBytes());
  const squashed = unchecked(makers['squashed actorCritic with σ from the network']().toBytes());
  const bit = unchecked(makers.bernoulli().toBytes());
  const screen = unchecked(makers['actorCritic on bytes']().toBytes());
  const seeing = unchecked(makers['convolutional actorCritic']().toBytes());
  const rename = (header: Header, from: string, to: string) =>
    Object.fromEntries(Object.entries(header).map(([key, value]) => [key === from ? to : key, value]));

  test.each<[string, Uint8Array, string]>([
    [
      'no description',
      editHeader(bytes, ({ __metadata__, ...rest }) => rest),
      'loadPolicy: got a file without the description of a policy; expected a policy of format version 1. Use a file that save() of this release wrote.',
    ],
    [
      'another program’s metadata',
      editHeader(bytes, (header) => ({ ...header, __metadata__: { format: 'pt' } })),
      'got a file without the description of a policy',
    ],
    ['a description that is no JSON', withDescription(bytes, '{'), 'got a description that is not one of a policy'],
    ['a description that is a list', redescribe(bytes, () => [1]), 'got a description that is not one of a policy'],
    [
      'another version',
      redescribe(bytes, set('version', 2)),
      'loadPolicy: got a description that is wrong at "version": 2; expected a policy of format version 1.',
    ],
    ['another format', redescribe(bytes, set('format', 'checkpoint')), 'wrong at "format": "checkpoint"'],
    ['an unknown key', redescribe(bytes, set('script', 'alert(1)')), 'got a description that is not one of a policy'],
    ['an unknown layer', redescribe(bytes, set('network.trunk.0.kind', 'attention')), 'wrong at "network.trunk.0.kind": "attention"'],
    ['an unknown activation', redescribe(bytes, set('network.trunk.1.activation', 'gelu')), 'wrong at "network.trunk.1.activation": "gelu"'],
    ['half a unit', redescribe(bytes, set('network.trunk.0.units', 2.5)), 'wrong at "network.trunk.0.units": 2.5'],
    ['an unknown distribution', redescribe(bytes, set('distribution.kind', 'beta')), 'wrong at "distribution.kind": "beta"'],
    ['an unknown space', redescribe(bytes, set('actionSpace.kind', 'tuple')), 'wrong at "actionSpace.kind": "tuple"'],
    ['no units at all', redescribe(bytes, set('network.trunk.0.units', 0)), 'wrong at "network.trunk.0.units": 0'],
    [
      'a distribution on a head that is not there',
      redescribe(bytes, set('distribution.head', 'mean')),
      `loadPolicy: got a distribution on the head "mean"; expected one of the heads logits. ${broken}`,
    ],
    ['a distribution on what every object has', redescribe(bytes, set('distribution.head', 'toString')), 'got a distribution on the head "toString"'],
    [
      'a valueHead that is not there',
      redescribe(actor, set('valueHead', 'values')),
      `loadPolicy: got values from the head "values"; expected one of the heads logits, value. ${broken}`,
    ],
    [
      'a valueHead of two numbers',
      redescribe(actor, set('valueHead', 'logits')),
      `loadPolicy: got values from the head "logits" of size 2; expected one of size 1. ${broken}`,
    ],
    [
      'scales for other observations',
      redescribe(gaussian, set('observationScaling', { mean: [0, 1], deviation: [1, 1, 1] })),
      `loadPolicy: got 2 means and 3 deviations of observations; expected 3 of each. ${broken}`,
    ],
    ['a deviation of 0', redescribe(gaussian, set('observationScaling', { mean: [0], deviation: [0] })), 'wrong at "observationScaling.deviation.0": 0'],
    [
      'no such vector of log σ',
      redescribe(gaussian, set('distribution.logStd', 'sigma')),
      `loadPolicy: got the vector "sigma" of size 0; expected one log σ for each of the 2 means. ${broken}`,
    ],
    ['a vector that every object has', redescribe(gaussian, set('distribution.logStd', 'constructor')), 'got the vector "constructor" of size 0'],
    [
      'log σ from nowhere',
      redescribe(gaussian, set('distribution.logStd', undefined)),
      `loadPolicy: got the vector "undefined" of size 0; expected one log σ for each of the 2 means. ${broken}`,
    ],
    [
      'log σ from a vector and a head',
      redescribe(gaussian, set('distribution.logStdHead', 'mean')),
      `loadPolicy: got both the vector "logStd" and the head "mean" with log σ; expected one of them. ${broken}`,
    ],
    [
      'log σ from a head that is not there',
      redescribe(squashed, set('distribution.logStdHead', 'constructor')),
      `loadPolicy: got log σ from the head "constructor"; expected a head of its own. ${broken}`,
    ],
    ['log σ from the means', redescribe(squashed, set('distribution.logStdHead', 'mean')), 'got log σ from the head "mean"; expected a head of its own.'],
    [
      'log σ from the values',
      redescribe(squashed, set('distribution.logStdHead', 'value')),
      'got the head "value" of size 1; expected one log σ for each of the 2 means.',
    ],
    [
      'a crossed range of log σ',
      redescribe(squashed, set('distribution.logStdRange', { low: 3, high: 2 })),
      `loadPolicy: got log σ from 3 to 2; expected a range. ${broken}`,
    ],
    [
      'squashing without bounds',
      redescribe(gaussian, set('distribution.squash', true)),
      'loadPolicy: got squash: from [-1, 0] to [1, Infinity]; expected finite bounds with low < high for each of the 2 numbers. The file',
    ],
    ['squashing into text', redescribe(gaussian, set('distribution.squash', 'yes')), 'wrong at "distribution.squash": "yes"'],
    [
      'one bit for three choices',
      redescribe(bit, set('actionSpace.size', 3)),
      `loadPolicy: got actions of discrete and size 3; expected discrete and 2, which is what the bernoulli distribution gives. ${broken}`,
    ],
    [
      'two bits for two choices',
      redescribe(bytes, set('distribution', { kind: 'bernoulli', head: 'logits' })),
      `loadPolicy: got bits from the head "logits" of size 2; expected one bit, for two choices. ${broken}`,
    ],
    ['masks for bits', redescribe(bit, set('distribution.masked', true)), 'got a description that is wrong at "distribution"'],
    ['bytes of no size', redescribe(screen, set('network.input.scale', 0)), 'wrong at "network.input.scale": 0'],
    ['halves of bytes', redescribe(screen, set('network.input.dtype', 'uint4')), 'wrong at "network.input.dtype": "uint4"'],
    [
      'bytes for numbers of any size',
      redescribe(bytes, set('network.input', { dtype: 'uint8', scale: 1 })),
      `loadPolicy: got observations outside of 0 to 255 that are kept as bytes; expected bounds within 0 and 255. ${broken}`,
    ],
    [
      'a missing tensor',
      redescribe(bytes, set('network.trunk.2', { kind: 'dense', units: 5, bias: false })),
      `loadPolicy: got no tensor trunk.2.weight; expected trunk.2.weight of shape [5, 5]. ${broken}`,
    ],
    [
      'a renamed tensor',
      editHeader(bytes, (header) => rename(header, 'trunk.0.bias', 'trunk.0.offset')),
      'got no tensor trunk.0.bias; expected trunk.0.bias of shape [5].',
    ],
    [
      'a tensor too many',
      redescribe(bytes, set('network.trunk.0.bias', false)),
      `loadPolicy: got the tensor trunk.0.bias, which the network does not have; expected the parameters of the network only. ${broken}`,
    ],
    [
      'a tensor of another shape',
      redescribe(bytes, set('network.trunk.0.units', 6)),
      `loadPolicy: got trunk.0.weight of shape [4, 5]; expected trunk.0.weight of shape [4, 6]. ${broken}`,
    ],
    [
      'a transposed tensor',
      editHeader(bytes, (header) => ({ ...header, 'trunk.0.weight': { ...header['trunk.0.weight'], shape: [5, 4] } })),
      'got trunk.0.weight of shape [5, 4]; expected trunk.0.weight of shape [4, 5].',
    ],
    [
      'observations that the network does not read',
      redescribe(bytes, set('observationSpace', { kind: 'box', shape: [2, 2], low: 0, high: 1 })),
      `loadPolicy: got observations of shape [2, 2]; expected [4], which is what the network reads. ${broken}`,
    ],
    [
      'more choices than logits',
      redescribe(bytes, set('actionSpace.size', 3)),
      `loadPolicy: got actions of discrete and size 3; expected discrete and 2, which is what the categorical distribution gives. ${broken}`,
    ],
    [
      'a box for a softmax',
      redescribe(bytes, set('actionSpace', { kind: 'box', shape: [2], low: 0, high: 1 })),
      'got actions of box and size 2; expected discrete and 2',
    ],
    [
      'crossed bounds',
      redescribe(gaussian, set('actionSpace.low', 5)),
      `loadPolicy: got low 5 and high 1 at element 0; expected low ≤ high with finite numbers between them. ${broken}`,
    ],
    [
      'too few bounds',
      redescribe(gaussian, set('actionSpace.low', [5])),
      'loadPolicy: got low: [5]; expected one number, or 2 numbers for the shape [2], none of them NaN.',
    ],
    ['bounds beyond float32', redescribe(gaussian, set('actionSpace.low', 1e39)), 'loadPolicy: got low: 1e+39'],
    [
      'a head without layers',
      redescribe(bytes, set('network.heads.extra', [])),
      `loadPolicy: got the head "extra" without a layer that has weights; expected at least one that leads to it. ${broken}`,
    ],
    [
      'a convolution larger than its image',
      redescribe(seeing, set('network.trunk.2.stride', 1), set('network.trunk.0.stride', 6)),
      `loadPolicy: got a convolution of inputs of shape [1, 1, 3]; expected images of at least the size of its kernel. ${broken}`,
    ],
    [
      'numbers of 64 bits',
      makeFile(
        { ...readSafeTensors(bytes).header, logStd: { dtype: 'F64', shape: [0], data_offsets: [0, 0] } },
        bytes.subarray(8 + readSafeTensors(bytes).headerLength),
      ),
      `loadPolicy: got the tensor logStd as a Float64Array; expected float32 numbers (F32). ${broken}`,
    ],
    ['bytes behind the end', Uint8Array.from([...bytes, 0]), 'got 1 bytes behind the last tensor'],
  ])('%s', async (_, file, message) => {
    const error = await failure(file);
    expect(error).toBeInstanceOf(InvalidFileError);
    expect(error.message).toContain(message);
  });

  test.each<[string, Uint8Array]>([
    ['a layer of 10^15 units', redescribe(bytes, set('network.trunk.0.units', 1e15))],
    ['observations of 10^15 numbers', redescribe(bytes, set('observationSpace.shape', [1e15]), set('network.inputShape', [1e15]))],
    [
      'observations of 10^9 numbers that no weight reads',
      redescribe(
        bytes,
        set('observationSpace', { kind: 'box', shape: [1e9], low: 0, high: 1 }),
        set('network', { inputShape: [1e9], trunk: [], heads: { logits: [{ kind: 'activation', activation: 'tanh' }] }, vectors: {} }),
      ),
    ],
    ['actions of 10^12 numbers', redescribe(gaussian, set('actionSpace', { kind: 'box', shape: [1e6, 1e6], low: 0, high: 1 }))],
    ['an image of 10^12 pixels', redescribe(seeing, set('observationSpace.shape', [1e6, 1e6, 2]), set('network.inputShape', [1e6, 1e6, 2]))],
    ['a convolution with a padding of 10^9 pixels', redescribe(seeing, set('network.trunk.0.padding', 1e9))],
    ['patches of 10^9 numbers', redescribe(seeing, set('network.trunk.0.padding', 4000))],
    ['a vector of 10^15 numbers', redescribe(bytes, set('network.vectors.huge', 1e15))],
    ['10^15 choices', redescribe(bytes, set('actionSpace.size', 1e15))],
    [
      'a space of 10,000 axes',
      redescribe(bytes, set('observationSpace.shape', new Array(10_000).fill(2)), set('network.inputShape', new Array(10_000).fill(2))),
    ],
    ['a tensor of exabytes', makeFile({ a: { dtype: 'F32', shape: [2 ** 52], data_offsets: [0, 2 ** 54] } })],
    ['a million lists in lists', withDescription(bytes, '['.repeat(1e6))],
    ['a description of nested lists', withDescription(bytes, `{"version":${'['.repeat(1e5)}${']'.repeat(1e5)}}`)],
  ])('%s is refused at once', async (_, file) => {
    const before = process.memoryUsage().arrayBuffers;
    // its own seconds, which others on the machine do not lengthen
    const start = process.cpuUsage();
    expect(await failure(file)).toBeInstanceOf(InvalidFileError);
    expect(process.cpuUsage(start).user).toBeLessThan(2e6);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
  });

  test('a file that is cut anywhere', async () => {
    for (let length = 0; length < bytes.length; length++) expect(await failure(bytes.subarray(0, length))).toBeInstanceOf(InvalidFileError);
  });

  test('every byte of the header, changed', async () => {
    const { headerLength } = readSafeTensors(bytes);
    for (let at = 0; at < 8 + headerLength; at++) {
      for (const change of [1, 0x80]) {
        const changed = bytes.slice();
        changed[at]! ^= change;
        const error = await failure(changed);
        expect(error.message === 'it loaded' || error instanceof InvalidFileError, `${at}: ${error.stack}`).toBe(true);
      }
    }
  });

  const files = Object.values(makers).map((make) => unchecked(make().toBytes()));
  const isFine = async (file: Uint8Array) => {
    const error = await failure(file);
    if (error.message !== 'it loaded') expect(error, String(error.stack)).toBeInstanceOf(InvalidFileError);
  };

  test('random changes of bytes load or are refused as a file', async () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), edits, fc.boolean(), async (file, changes, inHeader) => {
        const changed = file.slice();
        const limit = inHeader ? 8 + readSafeTensors(file).headerLength : file.length;
        for (const [at, byte] of changes) changed[at % limit] = byte;
        await isFine(changed);
      }),
      { numRuns: 600 },
    );
  });

  test('random changes of the description load or are refused as a file', async () => {
    const value = fc.oneof(fc.constantFrom(null, 0, -1, 1.5, 1e300, '', 'tanh', '__proto__', 'Infinity', true, [], {}), fc.jsonValue({ maxDepth: 2 }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), value, async (file, path, replacement) => {
        await isFine(redescribe(file, setAt(path, replacement)));
      }),
      { numRuns: 600 },
    );
  });
});
