import type { ProgressStream } from './progress-stream.js';

/** How parts of the display look; none of it changes how wide they are. */
export interface Style {
  readonly bar: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** Text as it is. */
export const plainStyle: Style = { bar: (text) => text, strong: (text) => text, faint: (text) => text };

const colorStyle: Style = { bar: (text) => `\u001b[36m${text}\u001b[39m`, strong: bold, faint: (text) => `\u001b[2m${text}\u001b[22m` };

function bold(text: string): string {
  return `\u001b[1m${text}\u001b[22m`;
}

/** Colours where the terminal has them and `NO_COLOR` does not forbid them (https://no-color.org). */
export function styleFor(stream: ProgressStream, env: Readonly<Record<string, string | undefined>> = process.env): Style {
  const forbidden = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
  const able = stream.hasColors?.() ?? true;
  return able && !forbidden ? colorStyle : plainStyle;
}
