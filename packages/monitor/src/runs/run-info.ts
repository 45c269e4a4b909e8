import { cpus, hostname } from 'node:os';
import { relative } from 'node:path';
import * as z from 'zod/mini';
import { type GitState, gitState } from './git-state.js';
import { packageVersions } from './package-versions.js';

/** The version of run folders that this package writes and reads. */
export const runVersion = 1;

/** A time at which a process worked on a run, and what it worked with. */
export interface RunSession {
  /** When it began, ISO 8601. */
  readonly startedAt: string;
  /** Environment steps that were done before. */
  readonly start: number;
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Node's version. */
  readonly node: string;
  /** Operating system and processor architecture, for example "linux x64". */
  readonly platform: string;
  /** The processor and its threads. */
  readonly cpu: string;
  /** Versions of the packages by their names. */
  readonly versions: Readonly<Record<string, string>>;
  /** The commit that was checked out where it was started; null outside a repository. */
  readonly git: GitState | null;
  /** The process that did it. */
  readonly process: { readonly id: number; readonly host: string };
  /** The settings, where a resumed run was given others than at first. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

/** What `config.json` holds: the settings and the first session, then those that resumed it. */
export interface RunInfo extends RunSession {
  /** The folder's version. */
  readonly version: number;
  /** The settings as `createRun` was given them. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The sessions after the first, in their order. */
  readonly resumed: readonly RunSession[];
}

/** The session of this process. */
export function thisSession(startedAt: Date, start: number): Omit<RunSession, 'config'> {
  const program = process.argv[1];
  const threads = cpus();
  return {
    startedAt: startedAt.toISOString(),
    start,
    command: ['node', ...(program === undefined ? [] : [relative(process.cwd(), program) || program]), ...process.argv.slice(2)],
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: `${threads[0]?.model.trim() ?? 'unknown'}, ${threads.length} threads`,
    versions: packageVersions(program),
    git: gitState(process.cwd()),
    process: { id: process.pid, host: hostname() },
  };
}

const settings = z.record(z.string(), z.unknown());
const session = {
  startedAt: z.string(),
  start: z.number(),
  command: z.array(z.string()),
  node: z.string(),
  platform: z.string(),
  cpu: z.string(),
  versions: z.record(z.string(), z.string()),
  git: z.nullable(z.object({ commit: z.string(), dirty: z.boolean() })),
  process: z.object({ id: z.number(), host: z.string() }),
};

/** The schema of `config.json`, once its version is known to be ours. */
export const runInfoSchema = z.object({
  ...session,
  version: z.literal(runVersion),
  config: settings,
  resumed: z.array(z.object({ ...session, config: z.optional(settings) })),
});
