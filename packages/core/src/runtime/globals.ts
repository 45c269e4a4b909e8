// Types of the runtime's own objects. A program's `lib` may lack them: a declaration that named them outright would then not compile.

/** The runtime's `URL`; no type at all in programs whose `lib` has none. */
export type GlobalUrl = typeof globalThis extends { URL: { prototype: infer T } } ? T : never;

/** The runtime's `AbortSignal`; no type at all in programs whose `lib` has none. */
export type GlobalAbortSignal = typeof globalThis extends { AbortSignal: { prototype: infer T } } ? T : never;

/** A method of `Symbol.dispose`, which `using` calls, in programs whose `lib` has that symbol. */
export type WithDispose = { [S in SymbolNamed<'dispose'>]: () => void };

/** A method of `Symbol.asyncDispose`, which `await using` calls, in programs whose `lib` has that symbol. */
export type WithAsyncDispose = { [S in SymbolNamed<'asyncDispose'>]: () => PromiseLike<void> };

/** The symbol of `Symbol` that has this name, if there is one. */
export type SymbolNamed<TName extends string> = SymbolConstructor extends { readonly [N in TName]: infer S extends symbol } ? S : never;
