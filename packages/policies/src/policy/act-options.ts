import { isPlainObject, parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import type { MaskOptions } from './action-mask.js';

/** How {@link Policy.act} chooses. */
export interface ActOptions extends MaskOptions {
  /** The most probable action instead of a drawn one; false by default. */
  readonly greedy?: boolean;
}

/** How {@link Policy.actBatch} chooses. */
export interface ActBatchOptions {
  /** The most probable actions instead of drawn ones; false by default. */
  readonly greedy?: boolean;
  /**
   * `[N, n]`: for each observation one entry for each of the n actions of a discrete space, 1 or true where it is allowed; all are by
   * default. What `envs.actionMasks` gives.
   */
  readonly masks?: Uint8Array | readonly (boolean | number)[] | undefined;
}

const greedy = z.optional(z.boolean());
const anything = z.optional(z.unknown());
const schemas = {
  act: z.strictObject({ greedy, mask: anything }),
  actBatch: z.strictObject({ greedy, masks: anything }),
  judge: z.strictObject({ mask: anything }),
};

/** Refuses options that would be ignored; for JavaScript callers. Hot: looks closely only where something is wrong. Masks are checked elsewhere. */
export function checkActOptions(where: string, kind: keyof typeof schemas, options: object): void {
  const { shape } = schemas[kind];
  let sound = isPlainObject(options);
  for (const key in options) if (!Object.hasOwn(shape, key)) sound = false;
  const { greedy: chosen } = (options ?? {}) as ActOptions;
  if (!sound || (chosen !== undefined && typeof chosen !== 'boolean')) parseOptions(where, schemas[kind] as typeof schemas.act, options);
}
