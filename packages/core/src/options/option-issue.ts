import { describeValue } from '../errors/describe.js';

/** One complaint of a schema; the fields are those of a zod issue that the message is made from. */
export interface OptionIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly expected?: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly inclusive?: boolean | undefined;
  readonly divisor?: number | bigint;
  readonly values?: readonly unknown[];
  readonly errors?: readonly (readonly OptionIssue[])[];
}

/** What zod/mini says when a schema has no message of its own. */
export const NO_MESSAGE = 'Invalid input';

/** What a schema would have accepted instead of `value`, in words: `a number at most 1`. */
export function expectation(issue: OptionIssue, value: unknown): string {
  if (issue.message !== NO_MESSAGE) return issue.message;
  if (issue.code === 'too_small' || issue.code === 'too_big') return limit(issue);
  if (issue.code === 'invalid_value') return `one of: ${(issue.values ?? []).map(describeValue).join(', ')}`;
  if (issue.code === 'invalid_type') return type(issue.expected ?? 'value', value);
  if (issue.code === 'not_multiple_of') return `a multiple of ${issue.divisor}`;
  if (issue.code === 'invalid_union') return alternatives(issue.errors ?? [], value);
  return 'another value';
}

function limit({ code, origin, minimum, maximum, inclusive }: OptionIssue): string {
  const bound = code === 'too_small' ? minimum : maximum;
  const things = origin === 'string' ? 'character' : 'element';
  if (origin === 'string' || origin === 'array') return `${code === 'too_small' ? 'at least' : 'at most'} ${bound} ${things}${bound === 1 ? '' : 's'}`;
  if (code === 'too_small') return `a number ${inclusive === false ? 'greater than' : 'at least'} ${bound}`;
  return `a number ${inclusive === false ? 'less than' : 'at most'} ${bound}`;
}

function type(expected: string, value: unknown): string {
  if (expected === 'int') return 'a whole number';
  if (expected === 'boolean') return 'true or false';
  // NaN and the infinities are numbers to the caller
  if (expected === 'number' && typeof value === 'number') return 'a finite number';
  return `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`;
}

/** The branches of a union that refused the value itself rather than something inside it. */
function alternatives(branches: readonly (readonly OptionIssue[])[], value: unknown): string {
  const words = branches.flatMap(([first]) => (first === undefined || first.path.length > 0 ? [] : [expectation(first, value)]));
  return words.length === 0 ? 'another value' : [...new Set(words)].join(' or ');
}
