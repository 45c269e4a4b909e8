import { execFileSync } from 'node:child_process';

/** The commit that a program was run from. */
export interface GitState {
  /** Its hash. */
  readonly commit: string;
  /** Whether tracked files differed from it: then the commit alone does not tell what was run. */
  readonly dirty: boolean;
}

/** The commit checked out in a folder; null outside a repository, before its first commit, or without git. */
export function gitState(folder: string): GitState | null {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 5000 }).trim();
  try {
    return { commit: git('rev-parse', '--verify', 'HEAD'), dirty: git('status', '--porcelain', '--untracked-files=no') !== '' };
  } catch {
    return null;
  }
}
