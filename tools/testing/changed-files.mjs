import { spawnSync } from 'node:child_process';
import { rootDir } from '../paths.mjs';
import { Problem } from '../problem.mjs';

/**
 * What differs from the commit in which this branch left `main`, or from another that is named:
 * `{since, files}`. Changes that are not committed count, new files too.
 */
export function listChangedFiles(ref = 'main') {
  const since = git('merge-base', 'HEAD', ref).trim();
  const tracked = lines(git('diff', '--name-only', '--no-renames', since));
  const untracked = lines(git('ls-files', '--others', '--exclude-standard'));
  return { since, files: [...new Set([...tracked, ...untracked])].sort() };
}

function git(...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: rootDir, encoding: 'utf8' });
  if (status !== 0) throw new Problem(`git ${args.join(' ')}: ${stderr || 'git was not found'}`);
  return stdout;
}

function lines(text) {
  return text.split('\n').filter(Boolean);
}
