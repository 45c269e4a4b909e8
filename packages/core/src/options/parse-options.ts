import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { noOptions } from './check-keys.js';
import { expectation, NO_MESSAGE, type OptionIssue } from './option-issue.js';
import { isPlainObject } from './plain-object.js';
import { requireArgument, requireText } from './require-argument.js';
import { suggest } from './suggest.js';

/** The part of a zod object schema that `parseOptions` uses; any strict zod object fits. */
export interface OptionSchema<TOptions> {
  readonly shape: Readonly<Record<string, unknown>>;
  /** Checks a value; gives it with the defaults filled in, or what is wrong with it. */
  safeParse(value: unknown): { success: true; data: TOptions } | { success: false; error: { issues: readonly OptionIssue[] } };
}

/**
 * Checks an options object against a strict schema, once, at the boundary.
 *
 * @param where - the function whose options these are; begins the error message
 * @param schema - a strict zod object
 * @param options - what the caller passed
 * @returns the options with the schema's defaults filled in
 * @throws InvalidOptionsError naming the first wrong option; an unknown one first, with "did you mean"
 */
export function parseOptions<TOptions>(where: string, schema: OptionSchema<TOptions>, options: unknown): TOptions {
  requireText('parseOptions', 'where', where);
  requireArgument(typeof schema?.safeParse === 'function', 'parseOptions', { name: 'schema', value: schema, expected: 'a strict zod object' });
  if (!isPlainObject(options)) throw noOptions(where, options, Object.keys(schema.shape));
  const foreign = foreignObject(schema, options);
  if (foreign) throw wrongOption(where, options, { code: 'invalid_type', expected: 'object', message: NO_MESSAGE, path: foreign });
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const { issues } = result.error;
  // a misspelt option is also a missing one: the misspelling is what there is to say
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  throw unknown ? unknownOption(where, schema, { issue: unknown, missing: missingOptions(issues, options) }) : wrongOption(where, options, issues[0]!);
}

/** The path of the first option that should be an object and is one of another kind, such as a date: a schema sees an object without keys. */
function foreignObject(schema: unknown, value: Readonly<Record<string, unknown>>, path: readonly string[] = []): readonly string[] | undefined {
  for (const [key, inner] of Object.entries(unwrap(schema)?.shape ?? {})) {
    const [at, option] = [[...path, key], value[key]];
    if (typeof option !== 'object' || option === null || unwrap(inner)?.shape === undefined) continue;
    const found = isPlainObject(option) ? foreignObject(inner, option, at) : at;
    if (found) return found;
  }
  return undefined;
}

function unknownOption(where: string, schema: unknown, { issue, missing }: { issue: OptionIssue; missing: readonly string[] }): InvalidOptionsError {
  const inside = (key: string) => [...issue.path, key].join('.');
  const key = issue.keys?.[0] ?? '';
  const known = knownOptions(schema, issue.path);
  const near = suggest(key, known);
  return new InvalidOptionsError({
    where,
    got: `the unknown option "${inside(key)}"`,
    expected: known.length === 0 ? 'only known options' : `one of: ${known.join(', ')}`,
    remedy: near === undefined ? `Remove "${inside(key)}"${setting(missing)}.` : `Did you mean "${inside(near)}"?`,
  });
}

function setting(missing: readonly string[]): string {
  return missing.length === 0 ? '' : ` and set ${missing.map((name) => `"${name}"`).join(', ')}`;
}

/** The names of the options that there have to be and are not. */
function missingOptions(issues: readonly OptionIssue[], options: unknown): string[] {
  return issues.filter(({ path }) => path.length > 0 && valueAt(options, path) === undefined).map(({ path }) => path.join('.'));
}

function valueAt(options: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], options);
}

function wrongOption(where: string, options: unknown, issue: OptionIssue): InvalidOptionsError {
  if (issue.path.length === 0) {
    return new InvalidOptionsError({ where, got: describeValue(options), expected: expectation(issue, options), remedy: 'Change the options.' });
  }
  const name = issue.path.join('.');
  const value = valueAt(options, issue.path);
  const expected = expectation(issue, value);
  if (value === undefined) return new InvalidOptionsError({ where, got: `no option "${name}"`, expected, remedy: `Set "${name}".` });
  return new InvalidOptionsError({ where, got: `${name}: ${describeValue(value)}`, expected, remedy: `Change "${name}".` });
}

/** A zod schema as far as it is looked into: objects have a shape, wrappers such as optional an inner type. */
interface SchemaNode {
  readonly shape?: Readonly<Record<PropertyKey, unknown>>;
  readonly def?: { readonly innerType?: unknown };
}

/** The names that the object at a path of a schema knows; none where there is no object. */
function knownOptions(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  const object = path.reduce<SchemaNode | undefined>((at, key) => unwrap(at?.shape?.[key]), unwrap(schema));
  return Object.keys(object?.shape ?? {});
}

function unwrap(schema: unknown): SchemaNode | undefined {
  let node = schema as SchemaNode | undefined;
  while (node?.shape === undefined && node?.def?.innerType !== undefined) node = node.def.innerType as SchemaNode;
  return node;
}
