/**
 * Worker threads that run what a module exports: how this SDK's other packages start, wake and watch them. Programs need none of it.
 *
 * @packageDocumentation
 */
export { contiguousShares, type Share } from './threads/contiguous-shares.js';
export { describeLoss, isStray, type LossWords, moduleError } from './threads/loss-error.js';
export { nodeThreads, receiveMessage, requireProgramThread, type ThreadWords } from './threads/node-threads.js';
export { type PlainError, plainError, reviveError } from './threads/plain-error.js';
export { progressOf, serveCommands } from './threads/serve-commands.js';
export { DEFAULT_TIMEOUT_MS, isModuleUrl, type ThreadOptions } from './threads/thread-options.js';
export { type Loss, type PoolSettings, ThreadPool } from './threads/thread-pool.js';
export type { ThreadChannel, ThreadPort, ThreadTask } from './threads/thread-task.js';
export { NOT_LOADED, READY, THREAD_URL, WEB_SOURCE } from './threads/threads-source.js';
export { type Abandoned, whenAbandoned } from './threads/when-abandoned.js';
