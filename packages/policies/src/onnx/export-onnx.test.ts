import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { box, DisposedError, elementSize, IncompatiblePolicyError, InvalidOptionsError, type Space, UnavailableError } from '@pg/core';
import { dense, type ModelLayer, zeros } from '@pg/nn';
import { describe, expect, test } from 'vitest';
import { type OnnxFile, readOnnx } from '../../fixtures/onnx-reader.js';
import { startOnnx } from '../../fixtures/onnx-runtime.js';
import { choices, forces, makers } from '../../fixtures/policies.js';
import { scratchFolder } from '../../fixtures/scratch-folder.js';
import { describePolicy } from '../files/policy-document.js';
import { mlp } from '../networks/mlp.js';
import { createPolicy } from '../policy/create-policy.js';
import { loadPolicy } from '../policy/load-policy.js';
import type { Policy } from '../policy/policy.js';
import { actorCriticGru, actorCriticLstm } from '../specs/actor-critic-recurrent.js';
import { diagonalGaussian } from '../specs/diagonal-gaussian.js';
import { type ExportablePolicy, exportOnnx, saveOnnx } from './export-onnx.js';

const recurrent = {
  LSTM: () => createPolicy(actorCriticLstm({ encoder: mlp([5]), units: 4 }), choices, { seed: 1 }),
  GRU: () => createPolicy(actorCriticGru({ encoder: mlp([]), units: 3 }), forces, { seed: 1 }),
};

/** A policy of any kind, as if its spaces were not known. */
const all: [string, () => Policy<Space, Space>][] = Object.entries({ ...makers, ...recurrent } as unknown as Record<string, () => Policy<Space, Space>>);

describe('exportOnnx', () => {
  const numbers = 'obs: float32[batch, 4]';
  test.each<[string, () => ExportablePolicy, string[], string[]]>([
    ['categorical', makers.categorical, [numbers], ['action: int32[batch]', 'logits: float32[batch, 2]', 'probabilities: float32[batch, 2]']],
    ['bernoulli', makers.bernoulli, [numbers], ['action: int32[batch]', 'logit: float32[batch]', 'probabilities: float32[batch, 2]']],
    [
      'Gaussian actor and critic',
      makers['continuous actorCritic'],
      ['obs: float32[batch, 3]'],
      ['action: float32[batch, 2]', 'mean: float32[batch, 2]', 'logStd: float32[batch, 2]', 'value: float32[batch]'],
    ],
    [
      'on bytes',
      makers['actorCritic on bytes'],
      ['obs: uint8[batch, 6, 5, 2]'],
      ['action: int32[batch]', 'logits: float32[batch, 3]', 'probabilities: float32[batch, 3]', 'value: float32[batch]'],
    ],
    [
      'LSTM',
      recurrent.LSTM,
      [numbers, 'trunk.2.h: float32[batch, 4]', 'trunk.2.c: float32[batch, 4]'],
      [
        ...['action: int32[batch]', 'logits: float32[batch, 2]', 'probabilities: float32[batch, 2]', 'value: float32[batch]'],
        ...['next.trunk.2.h: float32[batch, 4]', 'next.trunk.2.c: float32[batch, 4]'],
      ],
    ],
  ])('what goes in and comes out: %s', async (_, make, inputs, outputs) => {
    expect((await startOnnx(exportOnnx(make()))).ports).toEqual({ inputs, outputs });
  });

  test.each(all)('acts as the policy does, greedily, step after step: %s', async (_, make) => {
    const policy = make();
    for (const { values } of policy.parameters) for (let i = 0; i < values.length; i++) values[i]! += 0.3 * Math.sin(7 * i);
    const session = policy.session();
    const model = await startOnnx(exportOnnx(policy));
    let state = model.zeroState(1);
    for (let step = 0; step < 6; step++) {
      if (step === 3) {
        session.reset();
        state = model.zeroState(1);
      }
      const obs = observation(policy, step);
      const outputs = await model.run(1, { obs, ...state });
      const action = session.act(obs as never, { greedy: true });
      expectClose(outputs.action!, typeof action === 'number' ? [action] : action);
      if (policy.model.valueHead && !policy.recurrent) expectClose(outputs.value!, [policy.value(obs as never)]);
      state = Object.fromEntries(Object.keys(state).map((name) => [name, outputs[`next.${name}`]!]));
    }
  });

  test('actions have the shape of their space', async () => {
    const spaces = { ...forces, actionSpace: box({ shape: [2, 3], low: -1, high: 1 }) };
    const policy = createPolicy(diagonalGaussian({ network: mlp([4]) }), spaces, { seed: 3 });
    const model = await startOnnx(exportOnnx(policy));
    expect(model.ports.outputs).toEqual(['action: float32[batch, 2, 3]', 'mean: float32[batch, 6]', 'logStd: float32[batch, 6]']);
    const obs = new Float32Array([1, -1, 0.5]);
    expectClose((await model.run(1, { obs })).action!, policy.act(obs, { greedy: true }));
  });

  test('scales observations as the policy has learned to', async () => {
    const policy = makers['discrete actorCritic']();
    policy.observationScaling = { mean: Float64Array.of(1e7 + 0.25, 0, -3, 1), deviation: Float64Array.of(2, 0.1, 1, 5), clip: 2 };
    const obs = new Float32Array([1e7 + 2, 0.3, -2.5, 0]);
    const { value } = await (await startOnnx(exportOnnx(policy))).run(1, { obs });
    expectClose(value!, [policy.value(obs)]);
    policy.observationScaling = undefined;
    const unscaled = await (await startOnnx(exportOnnx(policy))).run(1, { obs });
    expect(Math.abs(unscaled.value![0]! - value![0]!)).toBeGreaterThan(0.01);
  });

  test.each(all)('another reader finds a graph that holds together: %s', (_, make) => {
    const policy = make();
    const file = readOnnx(exportOnnx(policy));
    expect(file).toMatchObject({ irVersion: 7, producerName: '@pg/policies', opsetImport: [{ domain: '', version: 13 }], graph: { name: 'policy' } });
    expect(file.metadataProps).toEqual([{ key: 'pg', value: describePolicy(policy) }]);
    expectSound(file);
  });

  test('parameters keep their names and numbers', () => {
    const policy = makers.categorical();
    const { graph } = readOnnx(exportOnnx(policy));
    for (const { name, shape, values } of policy.parameters) {
      const found = graph.initializer.find((tensor) => tensor.name === name)!;
      expect([found.dims, found.dataType]).toEqual([shape, 1]);
      expect(Buffer.compare(found.rawData, new Uint8Array(values.buffer, values.byteOffset, values.byteLength))).toBe(0);
    }
  });

  test('the same policy, the same bytes; also after it was saved and loaded', async () => {
    for (const [, make] of all) {
      const bytes = exportOnnx(make());
      const loaded = await loadPolicy(make().toBytes());
      expect(Buffer.compare(exportOnnx(loaded), bytes)).toBe(0);
    }
  });

  test("refuses a user's own model, what is no policy, and what was disposed of", () => {
    const weights = [{ name: 'weights.0', shape: [4, 2], init: zeros() }];
    const layer: ModelLayer = { kind: 'model', name: 'layersModel("mine")', inputShape: [4], outputShape: [2], weights, model: {} };
    const model = {
      network: { inputShape: [4], trunk: [layer], heads: { logits: [dense(2)] } },
      distribution: { kind: 'categorical', head: 'logits' },
    } as const;
    const mine = () => exportOnnx({ ...choices, name: 'categorical', model, observationScaling: undefined, parameters: [] });
    expect(mine).toThrow(IncompatiblePolicyError);
    expect(mine).toThrow('exportOnnx: got a policy on layersModel("mine"); expected layers of @pg/nn, which it knows the operators of. Save your model with');
    for (const other of [undefined, null, {}, 'policy.safetensors']) expect(() => exportOnnx(other as never)).toThrow(InvalidOptionsError);
    expect(() => exportOnnx(null as never)).toThrow('exportOnnx: got null; expected a policy. Pass learner.policy, or what loadPolicy gives.');
    const gone = makers.categorical();
    gone.dispose();
    expect(() => exportOnnx(gone)).toThrow(DisposedError);
  });
});

describe('saveOnnx', () => {
  test('makes folders and leaves one file, in place of an older one', async () => {
    const path = join(scratchFolder(), 'a', 'policy.onnx');
    await saveOnnx(makers.bernoulli(), path);
    await saveOnnx(makers.categorical(), path);
    expect(readdirSync(join(path, '..'))).toEqual(['policy.onnx']);
    expect(Buffer.compare(readFileSync(path), exportOnnx(makers.categorical()))).toBe(0);
  });

  test('says why it cannot write', async () => {
    const file = join(scratchFolder(), 'file');
    writeFileSync(file, 'x');
    const saved = saveOnnx(makers.categorical(), join(file, 'policy.onnx'));
    await expect(saved).rejects.toThrow(UnavailableError);
    await expect(saved).rejects.toThrow(/^saveOnnx: got .*policy\.onnx.*; expected a path that can be written/);
    await expect(saveOnnx(undefined as never, file)).rejects.toThrow('saveOnnx: got undefined; expected a policy');
  });
});

function observation({ observationSpace }: Policy, step: number): Float32Array | Uint8Array {
  const numbers = Float32Array.from({ length: elementSize(observationSpace) }, (_, i) => Math.sin(1 + i * i + 3 * step));
  return observationSpace.kind === 'box' && observationSpace.dtype === 'uint8' ? Uint8Array.from(numbers, (each) => 127 + 127 * each) : numbers;
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>) {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(found[i]).toBeCloseTo(expected[i]!, 5);
}

/** Every value has one origin, which comes before its uses, and numbers are as many as their shapes say. */
function expectSound({ graph }: OnnxFile) {
  const known = new Set<string>(['']);
  const make = (name: string) => {
    expect(known.has(name) && name !== '').toBe(false);
    known.add(name);
  };
  for (const { name } of [...graph.input, ...graph.initializer]) make(name);
  for (const { input, output } of graph.node) {
    expect(input.filter((name) => !known.has(name))).toEqual([]);
    for (const name of output) make(name);
  }
  expect(graph.output.filter(({ name }) => !known.has(name))).toEqual([]);
  expect(new Set(graph.node.map(({ name }) => name)).size).toBe(graph.node.length);
  const used = new Set(graph.node.flatMap(({ input }) => input));
  expect(graph.initializer.filter(({ name }) => !used.has(name))).toEqual([]);
  for (const { dims, dataType, rawData } of graph.initializer) {
    const size = dims.reduce((product, each) => product * each, 1);
    expect(rawData.length).toBe(size * (dataType === 7 ? 8 : 4));
  }
  for (const { type, docString } of [...graph.input, ...graph.output]) {
    expect(type.tensorType.shape.dim[0]!.dimParam).toBe('batch');
    expect(docString).not.toBe('');
  }
}
