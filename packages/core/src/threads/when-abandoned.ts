/** Ends things that a program has let go of without ending them itself. */
export interface Abandoned<T> {
  /** Ends a thing some time after nobody holds its owner any more. */
  register(owner: object, thing: T): void;
  /** For an owner that has ended its thing itself. */
  unregister(owner: object): void;
}

/**
 * Says how abandoned things end. Nothing is made before the first one is registered, and where the host has no `FinalizationRegistry`, as workers of
 * Cloudflare with older compatibility dates, things stay until they are ended.
 *
 * @param end - ends one
 */
export function whenAbandoned<T>(end: (thing: T) => void): Abandoned<T> {
  let registry: FinalizationRegistry<T> | undefined;
  return {
    register(owner, thing) {
      if (typeof FinalizationRegistry !== 'function') return;
      registry ??= new FinalizationRegistry(end);
      registry.register(owner, thing, owner);
    },
    unregister: (owner) => void registry?.unregister(owner),
  };
}
