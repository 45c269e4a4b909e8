// The wire format of protocol buffers, as much of it as an event has: https://protobuf.dev/programming-guides/encoding

const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A field of a message, encoded. */
export type Field = Uint8Array;

/** A whole number from 0 to 2⁵³ − 1, or an enumeration's value. */
export function varintField(number: number, value: number): Field {
  return concat([tag(number, wire.varint), varint(value)]);
}

/** A float of 32 bits. */
export function floatField(number: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concat([tag(number, wire.fixed32), bytes]);
}

/** A float of 64 bits. */
export function doubleField(number: number, value: number): Field {
  return concat([tag(number, wire.fixed64), doubles([value])]);
}

/** Floats of 64 bits, packed. */
export function packedDoublesField(number: number, values: readonly number[]): Field {
  return bytesField(number, doubles(values));
}

/** Bytes. */
export function bytesField(number: number, bytes: Uint8Array): Field {
  return concat([tag(number, wire.bytes), varint(bytes.length), bytes]);
}

/** Text. */
export function textField(number: number, text: string): Field {
  return bytesField(number, new TextEncoder().encode(text));
}

/** A message inside a message. */
export function messageField(number: number, fields: readonly Field[]): Field {
  return bytesField(number, concat(fields));
}

/** Pieces one after the other: the fields of a message. */
export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function doubles(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => {
    view.setFloat64(at * 8, value, true);
  });
  return bytes;
}

function tag(number: number, type: number): Uint8Array {
  return varint(number * 8 + type);
}

/** Seven bits a byte, the lowest first; all bytes but the last have their top bit set. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}
