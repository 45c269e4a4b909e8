import { decodeUtf8 } from '@pg/core';
import { type DecodedField, decodeFields, messages } from './decode-fields.js';
import { decodeScalarTensor } from './decode-tensor.js';

/** A value under a tag. */
export interface TaggedValue {
  readonly tag: string;
  /** The number of a scalar; undefined for a value that is something else. */
  readonly value: number | undefined;
  /** The plugin of TensorBoard that shows it, where the value says so: it says it at least once in a file. */
  readonly plugin: string | undefined;
  /** Whether it is a tensor: only its plugin tells what that means. */
  readonly isTensor: boolean;
  /** The number of the field that holds it, as in summary.proto. */
  readonly field: number;
}

/** What is read of an event. */
export interface DecodedEvent {
  readonly wallTime: number;
  readonly step: number;
  /** Whether it says that training begins again at its step. */
  readonly restart: boolean;
  readonly values: readonly TaggedValue[];
}

/** The field of a summary's value that holds a tensor, those of all kinds of content, and that of its metadata; from summary.proto. */
const [TENSOR, CONTENT, METADATA] = [8, [2, 3, 4, 5, 6, 8], 9];

/**
 * The values of an event; fields as `event.ts` numbers them.
 *
 * @throws RangeError for bytes that are no event
 */
export function decodeEvent(bytes: Uint8Array): DecodedEvent {
  const fields = decodeFields(bytes);
  const number = (wanted: number) => fields.find((field) => field.number === wanted && typeof field.value === 'number')?.value as number | undefined;
  const session = messages(fields, 7).flatMap(decodeFields);
  const values = messages(fields, 5).flatMap((summary) => messages(decodeFields(summary), 1).map(decodeFields));
  return {
    wallTime: number(1) ?? 0,
    step: number(2) ?? 0,
    restart: session.some((field) => field.number === 1 && field.value === 1),
    values: values.flatMap(decodeValue),
  };
}

function decodeValue(fields: readonly DecodedField[]): TaggedValue[] {
  const [tag] = messages(fields, 1);
  if (tag === undefined) return [];
  const field = fields.find(({ number }) => CONTENT.includes(number))?.number ?? 0;
  const simple = fields.find(({ number, value }) => number === 2 && typeof value === 'number')?.value as number | undefined;
  const [tensor] = messages(fields, TENSOR);
  const plugin = messages(fields, METADATA).flatMap((metadata) => messages(decodeFields(metadata), 1).flatMap((data) => messages(decodeFields(data), 1)))[0];
  const value = simple ?? (tensor && decodeScalarTensor(tensor));
  return [{ tag: textOf(tag), value, plugin: plugin && textOf(plugin), isTensor: field === TENSOR, field }];
}

function textOf(bytes: Uint8Array): string {
  return decodeUtf8(bytes);
}
