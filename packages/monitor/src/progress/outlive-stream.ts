import type { ProgressStream } from './progress-stream.js';

const outlived = new WeakSet<object>();

/** Lets a program go on when whoever read a stream is gone: a pipe that was closed, or a terminal. Without this, Node ends the program. */
export function outliveStream(stream: ProgressStream): void {
  if (outlived.has(stream)) return;
  outlived.add(stream);
  stream.on?.('error', () => {});
}
