import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { gitState } from './git-state.js';

const hasGit = (() => {
  try {
    return execFileSync('git', ['--version']).length > 0;
  } catch {
    return false;
  }
})();

test.skipIf(!hasGit)('names the commit of a repository, and whether files differ from it', () => {
  const folder = scratchFolder();
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder, encoding: 'utf8' }).trim();
  expect(gitState(folder)).toBeNull();
  git('init', '--quiet');
  expect(gitState(folder)).toBeNull();
  writeFileSync(join(folder, 'a.txt'), 'one');
  git('add', 'a.txt');
  git('commit', '--quiet', '--no-verify', '--no-gpg-sign', '-m', 'one');
  const commit = git('rev-parse', 'HEAD');
  writeFileSync(join(folder, 'untracked.txt'), '');
  expect(gitState(folder)).toEqual({ commit, dirty: false });
  writeFileSync(join(folder, 'a.txt'), 'two');
  expect(gitState(folder)).toEqual({ commit, dirty: true });
});
