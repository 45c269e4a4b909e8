import { box, discrete } from '@pg/core';
import { expect, test } from 'vitest';
import { type Call, call, findGaps, kinds } from '../../../fixtures/wrong-arguments.js';
import * as policies from './index.js';

const { callable, flag, noOptions, nothingElse, whole } = kinds;
const spaces = { observationSpace: box({ shape: [2], low: -1, high: 1 }), actionSpace: discrete(2) };
const forces = { ...spaces, actionSpace: box({ shape: [1], low: -1, high: 1 }) };
const network = policies.mlp([2]);
const spec = policies.categorical({ network });
const policy = policies.createPolicy(policies.actorCritic({ encoder: network }), spaces);
const gaussian = policies.createPolicy(policies.diagonalGaussian({ network }), forces);
const bytes = policy.toBytes();
const obs = new Float32Array(2);
const session = policy.session({ numEnvs: 1 });
const logStd = { accepts: (value: unknown) => typeof value === 'number' && value >= -20 && value <= 20 };
const bind = (make: (options: never) => { bind(spaces: never): unknown }, right: object) => call((options: never) => make(options), [right, nothingElse]);

/** Functions for files, which `files` and `policy` test with files of every kind. */
const forFiles = ['decodeCheckedFile', 'encodeCheckedFile', 'decodeSafeTensors', 'encodeSafeTensors'];

const calls: Record<string, Call> = {
  Policy: call((parts) => new policies.Policy(parts), [{ name: 'a', ...spaces, model: spec.bind(spaces) }, nothingElse]),
  'Policy.act': call((seen, options) => policy.act(seen, options), [obs, nothingElse], [{}, noOptions]),
  'Policy.act: greedy': call((greedy, mask) => policy.act(obs, { greedy, mask }), [true, flag], [Uint8Array.of(1, 1), nothingElse]),
  'Policy.actBatch': call((seen, options) => policy.actBatch(seen, options), [obs, nothingElse], [{}, noOptions]),
  'Policy.logProb': call((seen, action, options) => policy.logProb(seen, action, options), [obs, nothingElse], [0, nothingElse], [{}, noOptions]),
  'Policy.logProb: numbers': call((action) => gaussian.logProb(obs, action), [[0], nothingElse]),
  'Policy.entropy': call((seen, options) => policy.entropy(seen, options), [obs, nothingElse], [{}, noOptions]),
  'Policy.value': call((seen) => policy.value(seen), [obs, nothingElse]),
  'Policy.session': call((options) => policy.session(options), [{ numEnvs: 1 }, nothingElse]),
  'Policy.session: numEnvs': call((numEnvs) => policy.session({ numEnvs }).dispose(), [1, nothingElse]),
  'Policy.session.act': call((seen, options) => session.act(seen, options), [obs, nothingElse], [{}, noOptions]),
  'Policy.session.reset': call((where) => session.reset(where), [[1], nothingElse]),
  'Policy.save': call((path) => policy.save(path), [new URL(`file:///${process.cwd()}/node_modules/.vite-policy`), kinds.text]),
  actorCritic: bind(policies.actorCritic as never, { encoder: network }),
  'actorCritic: options': call(
    (encoder, shared, output, valueOutput, initialLogStd, squash, logStdOf) =>
      policies.actorCritic({ encoder, shared, output, valueOutput, initialLogStd, squash, logStd: logStdOf }),
    [network, nothingElse],
    [true, flag],
    [{}, noOptions],
    [{}, noOptions],
    [0, logStd],
    [true, flag],
    ['free', nothingElse],
  ),
  'actorCritic: bind': call((to) => policies.actorCritic({ encoder: network }).bind(to), [spaces, nothingElse]),
  actorCriticGru: bind(policies.actorCriticGru as never, { encoder: network, units: 2 }),
  'actorCriticGru: units': call((units) => policies.actorCriticGru({ encoder: network, units }), [1, nothingElse]),
  actorCriticLstm: bind(policies.actorCriticLstm as never, { encoder: network, units: 2 }),
  'actorCriticLstm: bind': call((to) => policies.actorCriticLstm({ encoder: network, units: 2 }).bind(to), [spaces, nothingElse]),
  bernoulli: bind(policies.bernoulli as never, { network }),
  'bernoulli: bind': call((to) => policies.bernoulli({ network }).bind(to), [spaces, nothingElse]),
  categorical: bind(policies.categorical as never, { network }),
  'categorical: output': call((bias, weightInit) => policies.categorical({ network, output: { bias, weightInit } }), [true, flag], [() => obs, callable]),
  'categorical: bind': call((to) => spec.bind(to), [spaces, nothingElse]),
  conv: call(
    (layers, units, options) => policies.conv(layers, units, options),
    [[{ filters: 1, kernel: 1 }], kinds.emptyList],
    [[2], kinds.emptyList],
    [{}, noOptions],
  ),
  createPolicy: call((of, to, options) => policies.createPolicy(of, to, options), [spec, nothingElse], [spaces, nothingElse], [{}, noOptions]),
  'createPolicy: seed': call((seed, engine) => policies.createPolicy(spec, spaces, { seed, engine }), [1, whole], [undefined, nothingElse]),
  describePolicy: call((of) => policies.describePolicy(of), [policy, nothingElse]),
  diagonalGaussian: bind(policies.diagonalGaussian as never, { network }),
  'diagonalGaussian: bind': call((to) => policies.diagonalGaussian({ network }).bind(to), [forces, nothingElse]),
  exportOnnx: call((of) => policies.exportOnnx(of), [policy, nothingElse]),
  linear: call(() => policies.linear()),
  loadPolicy: call((source, options) => policies.loadPolicy(source, options), [bytes, nothingElse], [{}, noOptions]),
  'loadPolicy: env': call((env, seed) => policies.loadPolicy(bytes, { env, seed }), [spaces, nothingElse], [1, whole]),
  mlp: call((units, activation, options) => policies.mlp(units, activation, options), [[2], kinds.emptyList], ['tanh', nothingElse], [{}, noOptions]),
  saveOnnx: call(
    (of) =>
      policies.saveOnnx(of, '/dev/full/none').catch((error) => {
        if (error.code !== 'unavailable') throw error;
      }),
    [policy, nothingElse],
  ),
};

test('every public function is called with wrong arguments', () => {
  const functions = Object.entries(policies).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  const called = new Set(Object.keys(calls).map((name) => name.split(/[.:]/)[0]));
  expect(functions.filter((name) => !called.has(name) && !forFiles.includes(name))).toEqual([]);
});

test.each(Object.keys(calls))('%s refuses wrong arguments with a sentence', async (name) => {
  expect(await findGaps(name, calls[name]!)).toEqual([]);
});
