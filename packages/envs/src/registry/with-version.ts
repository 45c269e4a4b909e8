import { describeValue, InvalidOptionsError, isPlainObject } from '@pg/core';

/** An environment of the version that its id names. */
interface Named<TVersion, TSpec> {
  readonly id: string;
  readonly version: TVersion;
  readonly create: (options: { readonly version: TVersion }) => TSpec;
}

/**
 * Makes an environment of the version that its id names.
 *
 * @throws InvalidOptionsError when the options name a version as well
 */
export function withVersion<TVersion, TSpec>({ id, version, create }: Named<TVersion, TSpec>, options: object = {}): TSpec {
  // what is no object is refused by the environment's own function
  if (!isPlainObject(options)) return create(options as never);
  if (!('version' in options)) return create({ ...options, version });
  throw new InvalidOptionsError({
    where: `make("${id}")`,
    got: `version: ${describeValue(options.version)}`,
    expected: 'no version beside the one in the id',
    remedy: 'Remove "version", or change the id.',
  });
}
