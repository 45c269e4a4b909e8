/** What the package `webgpu` exports: Dawn, the WebGPU of Chrome, for Node. */
export interface Dawn {
  /** Makes a `navigator.gpu`. */
  readonly create: (flags: readonly string[]) => object;
  /** `GPUBuffer`, `GPUBufferUsage` and the like. */
  readonly globals: Readonly<Record<string, unknown>>;
}

/** Lets Dawn look once whether what it was asked for is done; false when it waits for nothing. */
export type ProcessEvents = () => boolean;

type Work = () => unknown;
type Methods = Record<string, (...args: unknown[]) => unknown>;

/** Dawn's methods that promise something. */
const ASYNCHRONOUS = [
  'requestAdapter',
  'requestDevice',
  'mapAsync',
  'onSubmittedWorkDone',
  'popErrorScope',
  'createComputePipelineAsync',
  'createRenderPipelineAsync',
  'getCompilationInfo',
];

const known = new WeakMap<object, ProcessEvents>();

/**
 * Lets a program process Dawn's events itself, so that it can wait for a buffer without giving the event loop a turn.
 *
 * Dawn looks for what is done in a function that it hands to the global `setImmediate`, once after each method that promises
 * something, and again for as long as something is outstanding. While such a method or such a function runs, we stand in for
 * `setImmediate` and remember what it is given; it is called as before, unless we have called it by then.
 *
 * @param globals - where Dawn finds `setImmediate`: the global object
 */
export function dawnEvents(dawn: Dawn, globals: object): ProcessEvents {
  const before = known.get(dawn.globals);
  if (before !== undefined) return before;
  const scope = globals as { setImmediate: (work: Work) => unknown };
  let scheduled: Work | undefined;
  /** One turn of the event loop is asked for at a time: while a program waits, it gets none, and looks are many. */
  let hasTurn = false;

  function remembering<T>(work: () => T): T {
    const { setImmediate } = scope;
    scope.setImmediate = (look) => {
      scheduled = look;
      if (!hasTurn) setImmediate(takeTurn);
      hasTurn = true;
    };
    try {
      return work();
    } finally {
      scope.setImmediate = setImmediate;
    }
  }

  function takeTurn(): void {
    hasTurn = false;
    processEvents();
  }

  function processEvents(): boolean {
    const look = scheduled;
    if (look === undefined) return false;
    scheduled = undefined;
    remembering(look);
    return true;
  }

  for (const methods of asynchronousClasses(dawn)) {
    for (const name of ASYNCHRONOUS.filter((method) => Object.hasOwn(methods, method))) {
      const method = methods[name]!;
      methods[name] = function (...args) {
        return remembering(() => method.apply(this, args));
      };
    }
  }
  known.set(dawn.globals, processEvents);
  return processEvents;
}

function asynchronousClasses({ globals }: Dawn): Methods[] {
  return Object.values(globals).flatMap((value) => {
    const { prototype } = (value ?? {}) as { prototype?: Methods };
    return prototype === undefined ? [] : [prototype];
  });
}
