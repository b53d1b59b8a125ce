import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../paths.mjs';
import { Problem } from '../problem.mjs';

// The local Codat keeps its state with node:sqlite, which needs a flag before 22.13.
const oldest = [22, 13];

/**
 * The Node that everything but the launcher itself runs on: the one among the installed packages,
 * else this machine's if it is new enough. Call it after the packages are installed.
 */
export function nodeBinary() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(rootDir, 'node_modules', platformPackage(), 'bin', name);
  if (existsSync(packaged)) return packaged;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return process.execPath;
  throw new Problem(
    `This needs Node ${oldest.join('.')} or newer; yours is ${process.versions.node}. There’s no packaged Node for ${process.platform}-${process.arch}: install Node 24 from https://nodejs.org and start again.`,
  );
}

function platformPackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return `node-${platform}-${process.arch}`;
}
