import { expect, test } from 'vitest';
import { type Dawn, dawnEvents } from './dawn-events.js';
import { readThroughDawn } from './dawn-reading.js';

/** As Dawn does: every method that promises something asks `setImmediate` for a look, once; a look asks for the next while something is outstanding. */
function standInDawn(looksUntilDone: number) {
  const turns: (() => unknown)[] = [];
  const globals = { setImmediate: (work: () => unknown) => turns.push(work) };
  const { setImmediate } = globals;
  let isScheduled = false;
  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    globals.setImmediate(() => {
      isScheduled = false;
      const waiting = StandInBuffer.all.filter(({ mapState }) => mapState === 'pending');
      for (const buffer of waiting) if (--buffer.looks <= 0) buffer.mapState = 'mapped';
      if (waiting.some(({ mapState }) => mapState === 'pending')) schedule();
    });
  };
  class StandInBuffer {
    static readonly all: StandInBuffer[] = [];
    mapState: 'unmapped' | 'pending' | 'mapped' = 'unmapped';
    looks = looksUntilDone;
    readonly size = 8;
    mapAsync(): Promise<void> {
      StandInBuffer.all.push(this);
      this.mapState = 'pending';
      schedule();
      return Promise.resolve();
    }
    getMappedRange(): ArrayBuffer {
      return new Float32Array([1.5, 2.5]).buffer;
    }
    unmap(): void {
      this.mapState = 'unmapped';
    }
  }
  const dawn: Dawn = { create: () => ({}), globals: { GPUBuffer: StandInBuffer, GPUMapMode: { READ: 1 }, nothing: null } };
  return { dawn, globals, turns, setImmediate, StandInBuffer };
}

test('a program can wait for a buffer, however many looks it takes', () => {
  const { dawn, globals, setImmediate, StandInBuffer } = standInDawn(5);
  const processEvents = dawnEvents(dawn, globals);
  const buffer = new StandInBuffer();
  void buffer.mapAsync();
  let looks = 0;
  while (buffer.mapState === 'pending' && processEvents()) looks++;
  expect([buffer.mapState, looks]).toEqual(['mapped', 5]);
  expect(globals.setImmediate).toBe(setImmediate);
  expect(processEvents()).toBe(false);
});

test('the event loop goes on as before, and looks no second time', () => {
  const { dawn, globals, turns, StandInBuffer } = standInDawn(2);
  const processEvents = dawnEvents(dawn, globals);
  const [first, second] = [new StandInBuffer(), new StandInBuffer()];
  void first.mapAsync();
  turns.shift()!();
  expect([first.looks, first.mapState]).toEqual([1, 'pending']);
  // that look has asked for another, which a later method relies on
  void second.mapAsync();
  while (second.mapState === 'pending' && processEvents());
  expect([first.mapState, second.mapState]).toEqual(['mapped', 'mapped']);
  const { looks } = second;
  for (const turn of turns) turn();
  expect(second.looks).toBe(looks);
});

test('while a program waits, no turns of the event loop pile up', async () => {
  const { dawn, globals, turns, StandInBuffer } = standInDawn(1000);
  const processEvents = dawnEvents(dawn, globals);
  for (const buffer of [new StandInBuffer(), new StandInBuffer()]) {
    void buffer.mapAsync();
    while (buffer.mapState === 'pending' && processEvents());
  }
  expect(turns).toHaveLength(1);
  turns.shift()!();
  // the next one has a turn again
  const late = new StandInBuffer();
  void late.mapAsync();
  expect(turns).toHaveLength(1);
});

test('asked for twice it is the same, and methods are changed once', () => {
  const { dawn, globals, StandInBuffer } = standInDawn(1);
  const processEvents = dawnEvents(dawn, globals);
  const { mapAsync } = StandInBuffer.prototype;
  expect(dawnEvents(dawn, globals)).toBe(processEvents);
  expect(StandInBuffer.prototype.mapAsync).toBe(mapAsync);
});

/** The parts of TensorFlow.js' backend that reading touches. */
function standInBackend(staging: object, data: object) {
  const log: unknown[] = [];
  const backend = {
    log,
    tensorMap: { get: () => data },
    bufferManager: {
      acquireBuffer(...args: number[]) {
        log.push(['acquire', ...args]);
        return staging;
      },
      releaseBuffer: (buffer: object) => log.push(['release', buffer === staging]),
    },
    commandEncoder: {
      copyBufferToBuffer: (_: object, from: number, to: object, at: number, size: number) => log.push(['copy', from, to === staging, at, size]),
    },
    ensureCommandEncoderReady: () => log.push('ready'),
    endComputePassEncoder: () => log.push('end'),
    submitQueue: () => log.push('submit'),
    readSync: (_: object): unknown => 'its own way',
  };
  return backend;
}

test('a float32 tensor is copied out, once', () => {
  const { dawn, globals, StandInBuffer } = standInDawn(3);
  const data = { values: undefined, dtype: 'float32', resource: { size: 8 } };
  const staging = new StandInBuffer();
  const backend = standInBackend(staging, data);
  readThroughDawn(backend, dawnEvents(dawn, globals));
  expect(backend.readSync({})).toEqual(new Float32Array([1.5, 2.5]));
  expect(backend.log).toEqual([['acquire', 8, 9], 'ready', 'end', ['copy', 0, true, 0, 8], 'submit', ['release', true]]);
  expect(staging.mapState).toBe('unmapped');
  expect(data.values).toEqual(new Float32Array([1.5, 2.5]));
  expect(backend.readSync({})).toBe('its own way');
});

test('other tensors go their own way; a device that gives nothing back is an error', () => {
  const { dawn, globals, StandInBuffer } = standInDawn(3);
  const integers = standInBackend(new StandInBuffer(), { dtype: 'int32', resource: { size: 8 } });
  readThroughDawn(integers, dawnEvents(dawn, globals));
  expect(integers.readSync({})).toBe('its own way');
  const lost = { size: 8, mapState: 'unmapped', mapAsync: () => Promise.reject(new Error('lost')) };
  const backend = standInBackend(lost, { dtype: 'float32', resource: { size: 8 } });
  readThroughDawn(backend, dawnEvents(dawn, globals));
  expect(() => backend.readSync({})).toThrow('WebGPU did not give back what was computed: the device may be lost');
});
