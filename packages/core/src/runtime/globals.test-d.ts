import { expectTypeOf, test } from 'vitest';
import type { GlobalAbortSignal, GlobalUrl, SymbolNamed, WithAsyncDispose, WithDispose } from './globals.js';

test('the types of the runtime are those of the program', () => {
  expectTypeOf<GlobalUrl>().toEqualTypeOf<URL>();
  expectTypeOf<GlobalAbortSignal>().toEqualTypeOf<AbortSignal>();
});

test('what can be disposed of is what using takes', () => {
  expectTypeOf<WithDispose>().toExtend<Disposable>();
  expectTypeOf<WithAsyncDispose>().toExtend<AsyncDisposable>();
});

test('a symbol that the program does not know is no type', () => {
  expectTypeOf<SymbolNamed<'iterator'>>().toEqualTypeOf<typeof Symbol.iterator>();
  expectTypeOf<SymbolNamed<'never'>>().toBeNever();
});
