/** A field of an encoded message. */
interface DecodedField {
  readonly number: number;
  /** The number of a varint or a float, the bytes of all else. */
  readonly value: number | Uint8Array;
}

/** What is read of an event. */
export interface ScalarEvent {
  readonly wallTime: number;
  readonly step: number;
  /** Whether it says that training begins again at its step. */
  readonly restart: boolean;
  readonly scalars: readonly { readonly tag: string; readonly value: number }[];
}

/** The scalars of an event; fields as `event.ts` numbers them. Anything else in it is skipped. */
export function decodeEvent(bytes: Uint8Array): ScalarEvent {
  const fields = decodeFields(bytes);
  const number = (wanted: number) => fields.find((field) => field.number === wanted && typeof field.value === 'number')?.value as number | undefined;
  const session = messages(fields, 7).flatMap(decodeFields);
  const values = messages(fields, 5).flatMap((summary) => messages(decodeFields(summary), 1).map(decodeFields));
  return {
    wallTime: number(1) ?? 0,
    step: number(2) ?? 0,
    restart: session.some((field) => field.number === 1 && field.value === 1),
    scalars: values.flatMap(decodeScalar),
  };
}

function decodeScalar(fields: readonly DecodedField[]): { tag: string; value: number }[] {
  const tag = messages(fields, 1)[0];
  const value = fields.find((field) => field.number === 2)?.value;
  return tag === undefined || typeof value !== 'number' ? [] : [{ tag: new TextDecoder().decode(tag), value }];
}

function messages(fields: readonly DecodedField[], wanted: number): Uint8Array[] {
  return fields.flatMap(({ number, value }) => (number === wanted && typeof value !== 'number' ? [value] : []));
}

function decodeFields(bytes: Uint8Array): DecodedField[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: DecodedField[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const skip = (count: number) => {
    at += count;
    return at - count;
  };
  while (at < bytes.length) {
    const key = varint();
    const [number, wire] = [Math.floor(key / 8), key % 8];
    if (wire === 0) fields.push({ number, value: varint() });
    else if (wire === 1) fields.push({ number, value: view.getFloat64(skip(8), true) });
    else if (wire === 5) fields.push({ number, value: view.getFloat32(skip(4), true) });
    else if (wire === 2) {
      const length = varint();
      const begin = skip(length);
      fields.push({ number, value: bytes.subarray(begin, begin + length) });
    } else throw new RangeError(`wire type ${wire}`);
  }
  return fields;
}
