import { readFileSync } from 'node:fs';
import { buf as crc32c } from 'crc-32/crc32c.js';
import protobuf from 'protobufjs';

// For tests: a reader that shares nothing with the writer. The messages are as TensorFlow's event.proto, summary.proto and histogram.proto
// define them, as far as they are used.
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Event {
    double wall_time = 1;
    int64 step = 2;
    oneof what { string file_version = 3; Summary summary = 5; SessionLog session_log = 7; }
  }
  message SessionLog { enum SessionStatus { STATUS_UNSPECIFIED = 0; START = 1; STOP = 2; CHECKPOINT = 3; } SessionStatus status = 1; }
  message HistogramProto {
    double min = 1; double max = 2; double num = 3; double sum = 4; double sum_squares = 5;
    repeated double bucket_limit = 6 [packed = true]; repeated double bucket = 7 [packed = true];
  }
  message Summary {
    message Image { int32 height = 1; int32 width = 2; int32 colorspace = 3; bytes encoded_image_string = 4; }
    message Value { string tag = 1; oneof value { float simple_value = 2; Image image = 4; HistogramProto histo = 5; } }
    repeated Value value = 1;
  }`);
const eventType = root.lookupType('Event');

/** A decoded event; only what is set is there. */
export interface DecodedEvent {
  readonly wallTime: number;
  readonly step?: number;
  readonly fileVersion?: string;
  readonly sessionLog?: { readonly status: string };
  readonly summary?: { readonly value: readonly DecodedValue[] };
}

/** A decoded value of a summary. */
interface DecodedValue {
  readonly tag: string;
  readonly simpleValue?: number;
  readonly image?: { readonly height: number; readonly width: number; readonly colorspace: number; readonly encodedImageString: Buffer };
  readonly histo?: {
    readonly min: number;
    readonly max: number;
    readonly num: number;
    readonly sum: number;
    readonly sumSquares: number;
    readonly bucketLimit: number[];
    readonly bucket: number[];
  };
}

/** All events of a file; throws where the framing or a checksum is wrong. */
export function readWithProtobufjs(path: string): DecodedEvent[] {
  const file = readFileSync(path);
  const events: DecodedEvent[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    requireChecksum(file.subarray(at, at + 8), file.readUInt32LE(at + 8));
    const data = file.subarray(at + 12, at + 12 + length);
    requireChecksum(data, file.readUInt32LE(at + 12 + length));
    events.push(eventType.toObject(eventType.decode(data), { longs: Number, enums: String }) as DecodedEvent);
    at += length + 16;
  }
  return events;
}

function requireChecksum(data: Uint8Array, stored: number): void {
  const crc = crc32c(data) >>> 0;
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  if (masked !== stored) throw new Error(`checksum ${stored} instead of ${masked}`);
}
