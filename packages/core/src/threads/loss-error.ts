import { type ErrorDetails, InvalidOptionsError, UnavailableError } from '@pg/core';
import { type PlainError, reviveError } from './plain-error.js';
import type { ThreadOptions } from './thread-options.js';
import type { Loss } from './thread-pool.js';
import { NO_EXPORT, NOT_LOADED } from './threads-source.js';

/** What the errors of a pool's threads are said with. */
export interface LossWords {
  /** The function that failed. */
  readonly where: string;
  /** What the module has to export: "a specification". */
  readonly exported: string;
  /** How one comes by it: "what defineEnv() or cartPole() returns". */
  readonly madeBy: string;
}

/** Whether a thread has ended with an error that the library has not caught: of the module, a timer or a promise. */
export function isStray(crash: PlainError | undefined): crash is PlainError {
  return crash !== undefined && crash.code !== 'ERR_WORKER_OUT_OF_MEMORY';
}

/** Why a module gave nothing that a thread could run, of a loss while starting with a stray crash. */
export function moduleError(loss: Loss, { module: url, export: name }: ThreadOptions, words: LossWords): Error {
  const { where, exported, madeBy } = words;
  const module = shortUrl(url);
  const shorten = (text: string) => text.replaceAll(url, module);
  const { code, name: kind, ...crash } = loss.crash!;
  const message = shorten(crash.message);
  const cause = reviveError({ ...loss.crash!, message, stack: crash.stack && shorten(crash.stack) });
  if (code === NOT_LOADED) {
    return new UnavailableError({
      where,
      got: `module ${module}, which this page cannot load: ${message}`,
      expected: 'a module of JavaScript at an address that the page may import',
      remedy:
        'Bundlers follow workers that the program starts itself: in place of "module" pass ' +
        "startWorker: () => new Worker(new URL('./agent.worker.ts', import.meta.url), { type: 'module' }), and call serveWorker(agent) in that file.",
      cause,
    });
  }
  if (code === NO_EXPORT) {
    return new InvalidOptionsError({
      where,
      got: `module ${module} without ${exported} under the name "${name}"; it exports: ${message}`,
      expected: `${madeBy}, exported as "${name}"`,
      remedy:
        name === 'default'
          ? `Name the export: the option "export".`
          : `Export ${exported.replace(/^an? /, 'the ')} under this name, or change the option "export".`,
    });
  }
  if (isUnreadable(code) || (kind === 'SyntaxError' && /\.[cm]?tsx?$/.test(url))) {
    return new UnavailableError({
      where,
      got: `module ${module}, which this runtime cannot load as it is`,
      expected: 'a module of JavaScript',
      remedy:
        'Name the compiled file, or run Node 22.18 or later, which reads TypeScript and whose threads have its loaders (--import tsx). In Node 20 name a module of JavaScript that registers the loader itself: ' +
        "import { register } from 'tsx/esm/api'; register(); export const { agent } = await import('./agent.ts');",
      cause,
    });
  }
  return new InvalidOptionsError({
    where,
    got: `module ${module}, which failed while it was loaded: ${kind} "${message}"`,
    expected: `a module that exports ${exported.replace(/^an? /, 'the ')}`,
    remedy: "Name the file by new URL('./its-name.js', import.meta.url), and mend what it throws: that is the cause of this error.",
    cause,
  });
}

/** An address for a message; of data only the type. */
function shortUrl(url: string): string {
  const data = /^data:[^,]{0,60}/.exec(url);
  if (data) return `${data[0]},… (${url.length} characters)`;
  return url.length > 300 ? `${url.slice(0, 299)}…` : url;
}

const isUnreadable = (code: string | undefined) => code === 'ERR_UNKNOWN_FILE_EXTENSION' || code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX';

/** How a thread has ended, or has not. `at` says what it was at, with a space in front. */
export function describeLoss({ reason, crash, exitCode, timeoutMs }: Loss, at: string): Omit<ErrorDetails, 'where'> {
  if (reason === 'hanging') {
    return {
      got: `no answer for ${timeoutMs} ms${at}`,
      expected: 'an environment that returns',
      remedy: `Look for an endless loop in the environment; if it only needs longer, raise timeoutMs.`,
    };
  }
  if (crash !== undefined && !isStray(crash)) {
    return {
      got: `a worker thread out of memory${at}`,
      expected: 'an environment that fits',
      remedy: `Look for something in the environment that grows without end; if it only needs more, raise heapMb or spread the copies over more threads.`,
    };
  }
  if (crash !== undefined) {
    return {
      got: `${crash.name} "${crash.message}" thrown outside the environment's own calls`,
      expected: 'an environment whose timers and promises do not throw',
      remedy: 'Mend the environment: what it threw is the cause of this error.',
    };
  }
  return {
    got: `a worker thread that ended with exit code ${exitCode}${at}`,
    expected: 'an environment that leaves its thread running',
    remedy: 'Remove process.exit() from the environment, or throw an error in its place.',
  };
}
