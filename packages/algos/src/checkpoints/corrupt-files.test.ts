import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { box, discrete, IncompatibleCheckpointError, InvalidFileError, InvalidOptionsError, linearSchedule, UnavailableError } from '@pg/core';
import { cartPole, defineEnv, swingUp, vectorize } from '@pg/envs';
import { rmsprop, sgd } from '@pg/nn';
import { actorCritic, actorCriticLstm, linear, mlp, type Tensor } from '@pg/policies';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { editCheckpoint, redescribe } from '../../fixtures/edit-checkpoint.js';
import { train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { reinforce } from '../algorithms/reinforce.js';

const folder = mkdtempSync(join(tmpdir(), 'pg-checkpoints-'));
afterAll(() => rmSync(folder, { recursive: true }));

const poles = vectorize(cartPole({ maxSteps: 30 }), { numEnvs: 2 });
const algorithm = a2c()
  .env(poles)
  .policy(actorCriticLstm({ encoder: linear(), units: 2 }))
  .options({ rolloutLength: 5 });

const learner = algorithm.build({ seed: 1 });
await train(learner, 100);
const bytes = learner.toCheckpoint();
const policyBytes = learner.policy.toBytes();
learner.dispose();

/** The error that loading leads to. */
async function failure(file: Uint8Array | string): Promise<Error> {
  try {
    const loaded = await algorithm.load(file);
    loaded.dispose();
    return new Error('it loaded');
  } catch (error) {
    return error as Error;
  }
}

const without = (name: string) => (tensors: readonly Tensor[]) => tensors.filter((tensor) => tensor.name !== name);

describe('damaged and foreign files', () => {
  const remedy = 'Use a file that saveCheckpoint() of this release wrote.';
  const apart = 'expected a checkpoint that holds together.';

  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'a2c().load: got an empty file (0 bytes); expected a safetensors file.'],
    ['a policy', policyBytes, `a2c().load: got the file of a policy, without the rest of a run; expected a checkpoint of format version 2. ${remedy}`],
    [
      'another version',
      redescribe(bytes, 'version', 1),
      `a2c().load: got a description that is wrong at "version": 1; expected a checkpoint of format version 2. ${remedy}`,
    ],
    ['an unknown key', redescribe(bytes, 'script', 'alert(1)'), 'got a file without the description of a checkpoint'],
    ['half a seed', redescribe(bytes, 'seed', 0.5), 'wrong at "seed": 0.5'],
    ['no copies', redescribe(bytes, 'run.environment.numEnvs', 0), 'wrong at "run.environment.numEnvs": 0'],
    ['negative steps', redescribe(bytes, 'state.step', -1), `got a state that is wrong at "step"; ${apart}`],
    ['no counter', redescribe(bytes, 'state.updates', undefined), `got a state that is wrong at "updates"; ${apart}`],
    ['a state that is text', redescribe(bytes, 'state', 'all'), `got a state that is wrong at ""; ${apart}`],
    ['a random stream of zeros', redescribe(bytes, 'shards.0.state.actions.generator', [0, 0, 0, 0]), 'wrong at "shards.0.state.actions"'],
    ['a random stream of text', redescribe(bytes, 'shards.0.state.shuffle.key.1', 'x'), 'wrong at "shards.0.state.shuffle.key.1"'],
    ['no shard', redescribe(bytes, 'shards', []), `got the states of 0 shards, not of 1; ${apart}`],
    [
      'an array of another length',
      editCheckpoint(bytes, (_, tensors) =>
        tensors.map((tensor) => (tensor.name === 'state.lastReturns' ? { ...tensor, shape: [99], values: tensor.values.slice(1) as Float64Array } : tensor)),
      ),
      `got a state that is wrong at "lastReturns"; ${apart}`,
    ],
    [
      'no parameter',
      editCheckpoint(bytes, (_, tensors) => without('parameters.heads.value.0.bias')(tensors)),
      `a2c: got no tensor parameters.heads.value.0.bias; ${apart} Use a file that saveCheckpoint() wrote.`,
    ],
    [
      'no moment',
      editCheckpoint(bytes, (_, tensors) => without('optimizer.exp_avg.heads.value.0.bias')(tensors)),
      'got no tensor optimizer.exp_avg.heads.value.0.bias',
    ],
    [
      'a parameter of another shape',
      editCheckpoint(bytes, (_, tensors) => tensors.map((tensor) => (tensor.name.endsWith('s.heads.value.0.weight') ? { ...tensor, shape: [1, 2] } : tensor))),
      'got Float32Array parameters.heads.value.0.weight of shape [1, 2], not a Float32Array of shape [2, 1]',
    ],
    [
      'a tensor too many',
      editCheckpoint(bytes, (_, tensors) => [...tensors, { name: 'more', shape: [0], values: new Float32Array(0) }]),
      `got the tensor "more", which belongs nowhere; ${apart}`,
    ],
    [
      'numbers that are gone',
      editCheckpoint(bytes, (_, tensors) => without('shards.0.state.collector.obs')(tensors)),
      'got a Float32Array without its numbers "shards.0.state.collector.obs" at "collector.obs"',
    ],
    [
      'a snapshot of another form',
      editCheckpoint(bytes, (document, tensors) => {
        document.shards[0].snapshot = null;
        return tensors.filter(({ name }) => !name.startsWith('shards.0.snapshot.'));
      }),
      'got a snapshot that CartPole-v1 does not take (',
    ],
    [
      'another checksum',
      editCheckpoint(bytes, () => undefined).map((byte, i, all) => (i === all.length - 1 ? byte ^ 1 : byte)),
      'got contents with the checksum ',
    ],
  ])('%s', async (_, file, message) => {
    const error = await failure(file);
    expect(error.message).toContain(message);
    expect(error).toBeInstanceOf(InvalidFileError);
  });

  test('the editor of these tests leaves a good file good', async () => {
    expect(editCheckpoint(bytes, () => undefined)).toEqual(bytes);
    expect((await failure(bytes)).message).toBe('it loaded');
  });

  test('no file', async () => {
    const error = await failure(join(folder, 'never.safetensors'));
    expect(error).toBeInstanceOf(InvalidFileError);
    expect(error.message).toMatch(/^a2c\(\)\.load: got ".*never\.safetensors" \(ENOENT/);
  });

  test('a file that is cut anywhere', async () => {
    for (let length = 0; length < bytes.length; length += 7) expect(await failure(bytes.subarray(0, length))).toBeInstanceOf(InvalidFileError);
    expect(await failure(bytes.subarray(0, bytes.length - 1))).toBeInstanceOf(InvalidFileError);
    expect(await failure(Uint8Array.from([...bytes, 0]))).toBeInstanceOf(InvalidFileError);
  });

  test('any changed byte: the file is refused, or it was white space', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = bytes.slice();
        changed[at]! ^= change;
        try {
          await using loaded = await algorithm.load(changed);
          expect(loaded.toCheckpoint()).toEqual(bytes);
          expect(String.fromCharCode(changed[at]!)).toMatch(/\s/);
        } catch (error) {
          if (!InvalidFileError.isInstance(error)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });

  test('any description', async () => {
    const value = fc.oneof(fc.constantFrom(null, 0, -1, 1.5, 1e300, '', '__proto__', true, [], {}, { $: 'NaN' }, { $: 'hole' }), fc.jsonValue({ maxDepth: 2 }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), value, async (path, replacement) => {
        const error = await failure(editCheckpoint(bytes, (document) => put(document, path, replacement)));
        const fine = error.message === 'it loaded' || error instanceof InvalidFileError || error instanceof IncompatibleCheckpointError;
        expect(fine, String(error.stack)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

/** Puts a value where a path of numbers leads, each the place of a key modulo their number. */
function put(document: Record<string, unknown>, path: readonly number[], value: unknown): undefined {
  let at = document;
  for (const [depth, step] of path.entries()) {
    const keys = Object.keys(at);
    const key = keys[step % keys.length];
    if (key === undefined) return;
    const next = at[key];
    if (depth < path.length - 1 && next !== null && typeof next === 'object') {
      at = next as Record<string, unknown>;
      continue;
    }
    at[key] = value;
    return;
  }
}

describe('checkpoints of another run', () => {
  const policy = actorCriticLstm({ encoder: linear(), units: 2 });
  const here = 'as it is composed here. Compose it as it was when the checkpoint was saved.';

  test.each<[string, { load(source: Uint8Array): Promise<unknown> }, string]>([
    [
      'another algorithm',
      reinforce().env(poles).policy(policy).options({ rolloutLength: 5 }),
      `reinforce: got a checkpoint with algorithm: "a2c"; expected algorithm: "reinforce", ${here}`,
    ],
    [
      'another environment',
      a2c()
        .env(vectorize(swingUp(), { numEnvs: 2 }))
        .policy(policy),
      `got a checkpoint with environment.id: "CartPole-v1"; expected environment.id: "CartPoleSwingUp-v0",`,
    ],
    [
      'more copies',
      a2c()
        .env(vectorize(cartPole({ maxSteps: 30 }), { numEnvs: 3 }))
        .policy(policy),
      'got a checkpoint with environment.numEnvs: 2; expected environment.numEnvs: 3,',
    ],
    [
      'another time limit',
      a2c()
        .env(vectorize(cartPole(), { numEnvs: 2 }))
        .policy(policy),
      'got a checkpoint with environment.maxSteps: 30; expected environment.maxSteps: 500,',
    ],
    ['longer rollouts', algorithm.options({ rolloutLength: 6 }), 'got a checkpoint with options.rolloutLength: 5; expected options.rolloutLength: 6,'],
    [
      'another optimiser',
      algorithm.options({ optimizer: rmsprop() }),
      'got a checkpoint with options.optimizer: "adam"; expected options.optimizer: "rmsprop",',
    ],
    [
      'another policy',
      a2c()
        .env(poles)
        .policy(actorCritic({ encoder: linear() }))
        .options({ rolloutLength: 5 }),
      'got a checkpoint with policy.policy: "actorCriticLstm"; expected policy.policy: "actorCritic",',
    ],
    [
      'more units',
      a2c()
        .env(poles)
        .policy(actorCriticLstm({ encoder: linear(), units: 3 }))
        .options({ rolloutLength: 5 }),
      'got a checkpoint with policy.network.trunk.0.units: 2; expected policy.network.trunk.0.units: 3,',
    ],
    [
      'another encoder',
      a2c()
        .env(poles)
        .policy(actorCriticLstm({ encoder: mlp([4]), units: 2 }))
        .options({ rolloutLength: 5 }),
      'got a checkpoint with policy.network.trunk.0.kind: "lstm"; expected policy.network.trunk.0.kind: "dense",',
    ],
  ])('%s', async (_, other, message) => {
    const error: Error = await other.load(bytes).then(
      () => new Error('it loaded'),
      (error) => error,
    );
    expect(error.message).toContain(message);
    expect(error).toBeInstanceOf(IncompatibleCheckpointError);
  });

  test('a momentum that was not there', async () => {
    const plain = ppo()
      .env(poles)
      .policy(actorCritic({ encoder: linear() }))
      .options({ optimizer: sgd() });
    await using first = plain.build({ seed: 0 });
    await expect(plain.options({ optimizer: sgd({ momentum: 0.9 }) }).load(first.toCheckpoint())).rejects.toThrow('got no tensor optimizer.momentum_buffer.');
  });

  test('smaller minibatches; other options may change', async () => {
    const composed = ppo()
      .env(poles)
      .policy(actorCritic({ encoder: linear() }))
      .options({ rolloutLength: 8, minibatchSize: 16 });
    await using first = composed.build({ seed: 0 });
    await train(first, 16);
    await expect(composed.options({ minibatchSize: 8 }).load(first.toCheckpoint())).rejects.toThrow(
      'options.minibatchSize: 16; expected options.minibatchSize: 8,',
    );
    await using second = await composed
      .options({ epochs: 2, clipRange: linearSchedule(0.3, 0), learningRate: 1e-3, entropyCoef: 0.1 })
      .load(first.toCheckpoint());
    expect(await train(second, 16)).toMatchObject([{ step: 32, gradientSteps: 2, learningRate: 1e-3, clipRange: 0.15 }]);
  });

  test('an option of load that is none', async () => {
    await expect(algorithm.load(bytes, { seed: 3 } as never)).rejects.toThrow(
      'a2c().load: got the unknown option "seed"; expected one of: engine, workers, module, export, startWorker, timeoutMs, heapMb. Remove "seed".',
    );
  });
});

describe('environments whose state is not plain data', () => {
  class Level {
    size = 3;
  }
  const maze = (state: object) =>
    a2c()
      .env(
        vectorize(
          defineEnv({
            id: 'maze',
            observation: box({ shape: [1], low: 0, high: 1 }),
            action: discrete(2),
            maxSteps: 5,
            init: () => state,
            step: (before) => ({ state: before, reward: 0, terminated: false }),
            observe: () => [0],
          }),
          { numEnvs: 2 },
        ),
      )
      .policy(actorCritic({ encoder: linear() }));
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;

  test.each<[string, object, string]>([
    ['an instance of a class', { level: new Level() }, 'an instance of Level at "copies.0.copy.dynamics.state.level"'],
    ['a function', { go() {} }, 'the function go at "copies.0.copy.dynamics.state.go"'],
    ['a cycle', cycle, 'a cycle: an object inside itself at "copies.0.copy.dynamics.state.self"'],
  ])('%s', async (_, state, got) => {
    await using run = maze(state).build({ seed: 0 });
    await train(run, 10);
    const path = join(folder, 'maze.safetensors');
    const saved = run.saveCheckpoint(path);
    await expect(saved).rejects.toThrow(InvalidOptionsError);
    await expect(saved).rejects.toThrow(`learner.toCheckpoint: got ${got} in the snapshot of maze; expected plain data:`);
    expect(existsSync(path)).toBe(false);
    // and the run goes on
    expect(await train(run, 10)).toMatchObject([{ step: 20 }]);
  });
});

describe('writing', () => {
  test('to a path, whole, over an older one; and from there', async () => {
    const path = join(folder, 'a', 'run.safetensors');
    await using first = algorithm.build({ seed: 2 });
    await first.saveCheckpoint(path);
    await train(first, 50);
    await first.saveCheckpoint(path);
    expect(readdirSync(join(folder, 'a'))).toEqual(['run.safetensors']);
    await using second = await algorithm.load(path);
    expect(second.step).toBe(50);
    expect(second.toCheckpoint()).toEqual(first.toCheckpoint());
  });

  test('holds the state of the call, though training goes on', async () => {
    const path = join(folder, 'early.safetensors');
    await using first = algorithm.build({ seed: 2 });
    await train(first, 20);
    const expected = first.toCheckpoint();
    const saved = first.saveCheckpoint(path);
    for await (const _ of first.train({ steps: 10 }));
    await saved;
    await using second = await algorithm.load(path);
    expect(second.toCheckpoint()).toEqual(expected);
  });

  test('many that nobody waited for: the last one stays, whatever failed in between', async () => {
    const path = join(folder, 'many', 'run.safetensors');
    writeFileSync(join(folder, 'in the way'), '');
    await using first = algorithm.build({ seed: 2 });
    const saved: Promise<void>[] = [];
    const failed: Promise<void>[] = [];
    for await (const { updates } of first.train({ steps: 300 })) {
      saved.push(first.saveCheckpoint(path));
      if (updates % 10 === 0) failed.push(expect(first.saveCheckpoint(join(folder, 'in the way', 'run'))).rejects.toThrow(UnavailableError));
    }
    await Promise.all([...saved, ...failed]);
    expect([saved.length, failed.length]).toEqual([30, 3]);
    await using second = await algorithm.load(path);
    expect(second.toCheckpoint()).toEqual(first.toCheckpoint());
  });

  test('where nothing can be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await using first = algorithm.build({ seed: 2 });
    await expect(first.saveCheckpoint(join(folder, 'file', 'run'))).rejects.toThrow(/^learner\.saveCheckpoint: got .*; expected a path that can be written\./);
  });

  test('not after dispose', async () => {
    const first = algorithm.build({ seed: 2 });
    first.dispose();
    expect(() => first.toCheckpoint()).toThrow('learner.toCheckpoint: got a learner after dispose()');
    await expect(first.saveCheckpoint(join(folder, 'x'))).rejects.toThrow('learner.saveCheckpoint: got a learner after dispose()');
  });
});
