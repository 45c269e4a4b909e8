import { ProtobufMessage } from '@pg/core';
import type { Histogram } from './histogram.js';

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
  return message().double(1, wallTime).string(3, 'brain.Event:2').toBytes();
}

/** Training makes a step and those after it again: what other files say of them is void. */
export function restartEvent(moment: Moment): Uint8Array {
  return event(moment).message(7, message().int(1, 1)).toBytes();
}

/** Values under their tags. */
export function summaryEvent(moment: Moment, values: readonly ProtobufMessage[]): Uint8Array {
  const summary = message();
  for (const value of values) summary.message(1, value);
  return event(moment).message(5, summary).toBytes();
}

/** A number under a tag. */
export function scalarValue(tag: string, value: number): ProtobufMessage {
  return message().string(1, tag).float(2, value);
}

/** A distribution under a tag. */
export function histogramValue(tag: string, { min, max, count, sum, sumOfSquares, limits, buckets }: Histogram): ProtobufMessage {
  const numbers = message().double(1, min).double(2, max).double(3, count).double(4, sum).double(5, sumOfSquares);
  return message().string(1, tag).message(5, numbers.doubles(6, limits).doubles(7, buckets));
}

/** A picture under a tag; 3 is red, green and blue. */
export function imageValue(tag: string, { width, height, file }: EncodedImage): ProtobufMessage {
  return message().string(1, tag).message(4, message().int(1, height).int(2, width).int(3, 3).bytes(4, file));
}

function event({ wallTime, step }: Moment): ProtobufMessage {
  return message().double(1, wallTime).int(2, step);
}

function message(): ProtobufMessage {
  return new ProtobufMessage();
}
