import { describeThrown, UnavailableError } from '@pg/core';

const WHERE = 'wasm engine';

/** A module with nothing in it (WebAssembly core specification, 5.5.16). */
const EMPTY = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/**
 * Compiles the kernels.
 *
 * @throws UnavailableError that tells apart a runtime without WebAssembly, one without SIMD, and one that forbids compiling
 */
export function compileKernels(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  requireWebAssembly(WHERE);
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    if (!compilesNothing()) throw WebAssembly.validate(bytes) ? refused(cause) : withoutSimd(cause);
    throw forbidden(cause);
  }
}

/** @throws UnavailableError where there is no WebAssembly */
export function requireWebAssembly(where: string): void {
  if (typeof WebAssembly === 'object' && WebAssembly !== null) return;
  throw new UnavailableError({
    where,
    got: 'a runtime without WebAssembly',
    expected: 'WebAssembly with SIMD (every browser since 2023, Node since 16)',
    remedy: 'Start Node without --jitless; in a browser, turn off the mode that disables WebAssembly for this page.',
  });
}

function compilesNothing(): boolean {
  try {
    new WebAssembly.Module(Uint8Array.from(EMPTY));
    return false;
  } catch {
    return true;
  }
}

function forbidden(cause: unknown): UnavailableError {
  return new UnavailableError({
    where: WHERE,
    got: `a host that forbids compiling WebAssembly (${describeThrown(cause)})`,
    expected: 'one that allows it, or compiles the kernels itself',
    remedy:
      'In a page, add \'wasm-unsafe-eval\' to script-src of its Content-Security-Policy. On Cloudflare Workers, bundle with the condition "workerd", as Wrangler does. ' +
      'On other edge hosts, import "@pg/nn/kernels.wasm" and call provideKernels.',
    cause,
  });
}

function withoutSimd(cause: unknown): UnavailableError {
  return new UnavailableError({
    where: WHERE,
    got: 'a runtime whose WebAssembly has no SIMD, or not what the kernels need of it',
    expected: 'WebAssembly with SIMD (every browser since 2023, Node since 16)',
    remedy: 'Use a newer runtime, a processor with SIMD (SSE4.1 on x86), and no flag that turns it off.',
    cause,
  });
}

function refused(cause: unknown): UnavailableError {
  return new UnavailableError({
    where: WHERE,
    got: `a runtime that does not compile the kernels, though they are valid (${describeThrown(cause)})`,
    expected: 'room for 40 KB of code',
    remedy: 'Free memory, or use fewer threads.',
    cause,
  });
}
