import type { Histogram } from './histogram.js';
import { bytesField, concat, doubleField, type Field, floatField, messageField, packedDoublesField, textField, varintField } from './protobuf.js';

// Fields as numbered in TensorFlow's event.proto, summary.proto and histogram.proto (tensorflow/core/util, tensorflow/core/framework).

/** When something happened: seconds since 1970, and environment steps. */
export interface Moment {
  readonly wallTime: number;
  readonly step: number;
}

/** An encoded image of a summary. */
export interface EncodedImage {
  readonly width: number;
  readonly height: number;
  /** A PNG or a GIF file. */
  readonly file: Uint8Array;
}

/** The first event of a file: its format. */
export function versionEvent(wallTime: number): Uint8Array {
  return concat([doubleField(1, wallTime), textField(3, 'brain.Event:2')]);
}

/** Training begins again at a step: what other files say of that step and later ones is void. */
export function restartEvent(moment: Moment): Uint8Array {
  return event(moment, messageField(7, [varintField(1, 1)]));
}

/** Values under their tags. */
export function summaryEvent(moment: Moment, values: readonly Field[]): Uint8Array {
  return event(moment, messageField(5, values));
}

/** A number under a tag. */
export function scalarValue(tag: string, value: number): Field {
  return messageField(1, [textField(1, tag), floatField(2, value)]);
}

/** A distribution under a tag. */
export function histogramValue(tag: string, { min, max, count, sum, sumOfSquares, limits, buckets }: Histogram): Field {
  const head = [doubleField(1, min), doubleField(2, max), doubleField(3, count), doubleField(4, sum), doubleField(5, sumOfSquares)];
  return messageField(1, [textField(1, tag), messageField(5, [...head, packedDoublesField(6, limits), packedDoublesField(7, buckets)])]);
}

/** A picture under a tag; 3 is red, green and blue. */
export function imageValue(tag: string, { width, height, file }: EncodedImage): Field {
  return messageField(1, [textField(1, tag), messageField(4, [varintField(1, height), varintField(2, width), varintField(3, 3), bytesField(4, file)])]);
}

function event({ wallTime, step }: Moment, what: Field): Uint8Array {
  return concat([doubleField(1, wallTime), varintField(2, step), what]);
}
