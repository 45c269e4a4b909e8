/** The part of a Node output stream that the progress bar needs; `process.stderr` and `process.stdout` fit. */
export interface ProgressStream {
  /** Whether it is a terminal. */
  readonly isTTY?: boolean;
  /** The terminal's width in characters. */
  readonly columns?: number;
  /** Whether it shows colours; taken for granted of a terminal that does not say. */
  hasColors?(): boolean;
  /** Tells of events, such as the error that a pipe makes whose reader is gone. */
  on?(event: 'error', listener: (error: Error) => void): unknown;
  /** Writes text. */
  write(text: string): unknown;
}

/** Whether a line can be redrawn in place: a terminal with control characters, and not the log of a build machine. */
export function isInteractive(stream: ProgressStream, env: Readonly<Record<string, string | undefined>> = process.env): boolean {
  const ci = env.CI !== undefined && !['', '0', 'false'].includes(env.CI);
  return stream.isTTY === true && !ci && env.TERM !== 'dumb';
}
