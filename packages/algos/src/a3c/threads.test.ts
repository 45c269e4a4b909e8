import { describe, expect, test } from 'vitest';
import * as agents from '../../fixtures/a3c/agents.js';
import { bundled } from '../../fixtures/bundled.js';
import { train } from '../../fixtures/learners.js';

const module = bundled('a3c/agents');

describe.each(['small', 'remembering'] as const)('one worker on a thread: %s', (name) => {
  test('has the bits of the loop in process', async () => {
    const local = agents[name].build({ seed: 3 });
    const thread = agents[name].build({ seed: 3, workers: 1, module, export: name });
    const [expected, got] = [await train(local, 3000), await train(thread, 3000)];
    expect(got).toEqual(expected);
    expect(Buffer.compare(thread.toCheckpoint(), local.toCheckpoint())).toBe(0);
    await thread[Symbol.asyncDispose]();
  });
});
