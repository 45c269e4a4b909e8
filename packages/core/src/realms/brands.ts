/**
 * The name that a host object has in every realm: `ArrayBuffer`, `URL`, `Map`, `WebAssembly.Memory`. A value can give itself another with
 * `Symbol.toStringTag`: this tells kinds of values apart and guards nothing.
 */
export function brandOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

/** Whether a value is an `ArrayBuffer`, of any realm. */
export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return brandOf(value) === 'ArrayBuffer';
}

/** Whether a value is a `SharedArrayBuffer`, of any realm; a page that may not share memory has memory of this kind without having the class. */
export function isSharedArrayBuffer(value: unknown): value is SharedArrayBuffer {
  return brandOf(value) === 'SharedArrayBuffer';
}

/** Whether a value is a `URL`, of any realm: of a browser, of Node, of jsdom. */
export function isUrl(value: unknown): value is { readonly href: string } {
  return brandOf(value) === 'URL' && typeof (value as { href?: unknown }).href === 'string';
}
