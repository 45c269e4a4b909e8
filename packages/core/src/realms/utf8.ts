import { UnavailableError } from '../errors/kinds.js';
import { checkKeys } from '../options/check-keys.js';
import { requireArgument, requireText } from '../options/require-argument.js';
import { isUint8Array } from './array-name.js';
import { isSharedArrayBuffer } from './brands.js';

type Coders = Pick<typeof globalThis, 'TextEncoder' | 'TextDecoder'>;

/**
 * Text as UTF-8.
 *
 * @throws UnavailableError where the host has no `TextEncoder`
 */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  requireText('encodeUtf8', 'text', text);
  // a copy, because that of another realm has another class
  return new Uint8Array(new (coder('TextEncoder'))().encode(text));
}

/**
 * UTF-8 as text. Bytes that are no UTF-8 become U+FFFD, or with `fatal` the result is undefined. Browsers decode no shared memory: it is copied.
 *
 * @throws UnavailableError where the host has no `TextDecoder`
 */
export function decodeUtf8(bytes: Uint8Array, options?: { readonly fatal: false }): string;
export function decodeUtf8(bytes: Uint8Array, options: { readonly fatal: true }): string | undefined;
export function decodeUtf8(bytes: Uint8Array, options: { readonly fatal?: boolean } = {}): string | undefined {
  if (!isUint8Array(bytes)) requireArgument(false, 'decodeUtf8', { name: 'bytes', value: bytes, expected: 'a Uint8Array' });
  checkKeys('decodeUtf8', options, ['fatal']);
  const { fatal = false } = options;
  if (typeof fatal !== 'boolean') requireArgument(false, 'decodeUtf8', { name: 'fatal', value: fatal, expected: 'true or false' });
  const decoder = new (coder('TextDecoder'))('utf-8', { fatal });
  const own = isSharedArrayBuffer(bytes.buffer) ? bytes.slice() : bytes;
  try {
    return decoder.decode(own);
  } catch {
    return undefined;
  }
}

/** The host's class; jsdom under Jest hides it, and Node has it still. */
function coder<TName extends keyof Coders>(name: TName): Coders[TName] {
  const found = (globalThis as Partial<Coders>)[name] ?? (globalThis.process?.getBuiltinModule?.('node:util') as Coders | undefined)?.[name];
  if (typeof found === 'function') return found;
  throw new UnavailableError({
    where: 'text',
    got: `a host without ${name}`,
    expected: 'a browser, Node 20 or newer, or another host that has it',
    remedy: `Provide globalThis.${name}; under Jest, take the test environment "node".`,
  });
}
