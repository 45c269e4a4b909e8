/** An end of a message channel, in words that need no types of Node. */
export interface ThreadPort {
  /** Sends something, in a copy. */
  postMessage(message: unknown): void;
  /** Ends the channel. */
  close(): void;
}

/** How a thread of a pool hears of commands, and answers. */
export interface ThreadChannel {
  /** Which thread it is. */
  readonly thread: number;
  /** The words of all threads. */
  readonly control: Int32Array;
  /** For what is too much for a word: states, failures. */
  readonly port: ThreadPort;
}

/** What a thread is told when it is started. */
export interface ThreadTask<TTask> {
  /** The URL of the module. */
  readonly module: string;
  /** The name of the export. */
  readonly exportName: string;
  /** The hidden method of the export that is called with this very task. */
  readonly method: string;
  /** What the export is to do. */
  readonly task: TTask;
  /** How it hears of commands. */
  readonly channel: ThreadChannel;
}
