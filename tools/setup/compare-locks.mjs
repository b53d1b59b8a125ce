/**
 * Compares package-lock.json with npm's record of what is installed
 * (`node_modules/.package-lock.json`). Answers null when they agree, else the first difference.
 * Optional packages of other platforms are rightly missing; one of this platform is not.
 */
export function compareLocks(wanted, installed, platform = process) {
  const present = installed.packages ?? {};
  for (const [path, entry] of Object.entries(wanted.packages ?? {})) {
    if (path === '' || entry.link) continue;
    const found = present[path];
    if (!found) {
      if (mayBeMissing(entry, platform)) continue;
      return `${path} is missing`;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) {
      return `${path} is ${found.version} instead of ${entry.version}`;
    }
  }
  const extra = Object.keys(present).find((path) => !wanted.packages?.[path]);
  return extra ? `${extra} is not in the lock` : null;
}

// `libc` is left to npm: whether this machine is glibc or musl is not worth finding out here.
function mayBeMissing(entry, { platform, arch }) {
  if (!entry.optional && !entry.devOptional) return false;
  const fits = (list, value) => !list || list.includes(value);
  return !(fits(entry.os, platform) && fits(entry.cpu, arch)) || Boolean(entry.libc) || !entry.os;
}
