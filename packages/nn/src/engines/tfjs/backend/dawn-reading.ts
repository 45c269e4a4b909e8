import type { ProcessEvents } from './dawn-events.js';

/** As much of a `GPUBuffer` as reading takes. */
interface Buffer {
  readonly size: number;
  readonly mapState: 'unmapped' | 'pending' | 'mapped';
  mapAsync(mode: number): Promise<void>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
}

/** As much of TensorFlow.js' WebGPU backend as its asynchronous reading touches. */
interface WebGpuBackend {
  readonly tensorMap: { get(dataId: object): { values?: ArrayLike<number> | null; readonly dtype: string; readonly resource: Buffer } };
  readonly bufferManager: { acquireBuffer(size: number, usage: number): Buffer; releaseBuffer(buffer: Buffer): void };
  readonly commandEncoder: { copyBufferToBuffer(from: Buffer, fromOffset: number, to: Buffer, toOffset: number, size: number): void };
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  readSync(dataId: object): unknown;
}

// of the WebGPU standard
const [COPY_DST, MAP_READ, READ] = [8, 1, 1];

/** Milliseconds between two looks: a software driver computes on the core that looks. */
const PAUSE = 0.05;

/** Memory on which nobody is woken; made here, where it is needed, because a page may not share memory. */
let nobody: Int32Array<SharedArrayBuffer> | undefined;

/** Lets a backend on Dawn read float32 tensors at once: its own way leads through an OffscreenCanvas, which Node has not. */
export function readThroughDawn(backend: object, processEvents: ProcessEvents): void {
  const gpu = backend as WebGpuBackend;
  const { readSync } = gpu;
  gpu.readSync = (dataId) => {
    const data = gpu.tensorMap.get(dataId);
    if (data.values != null || data.dtype !== 'float32') return readSync.call(gpu, dataId);
    data.values = new Float32Array(copyOut(gpu, data.resource, processEvents));
    return data.values;
  };
}

/** Hot: once for each head and each parameter of a pass. */
function copyOut(gpu: WebGpuBackend, source: Buffer, processEvents: ProcessEvents): ArrayBuffer {
  const { size } = source;
  const staging = gpu.bufferManager.acquireBuffer(size, COPY_DST | MAP_READ);
  gpu.ensureCommandEncoderReady();
  gpu.endComputePassEncoder();
  gpu.commandEncoder.copyBufferToBuffer(source, 0, staging, 0, size);
  gpu.submitQueue();
  nobody ??= new Int32Array(new SharedArrayBuffer(4));
  // what goes wrong is seen in the buffer's state
  staging.mapAsync(READ).catch(() => {});
  while (staging.mapState === 'pending' && processEvents()) Atomics.wait(nobody, 0, 0, PAUSE);
  if (staging.mapState !== 'mapped') throw new Error('WebGPU did not give back what was computed: the device may be lost');
  const bytes = staging.getMappedRange().slice(0);
  staging.unmap();
  gpu.bufferManager.releaseBuffer(staging);
  return bytes;
}
