const systems = ['android', 'darwin', 'freebsd', 'linux', 'win32'];
const processors = ['arm64', 'x64', 'ia32', 'wasm32', 'arm'];

/**
 * Entries that a package-lock.json lacks for optional packages of other platforms: `{path: entry}`.
 *
 * An npm that works with a registry mirror without those packages leaves them out, and `npm ci` then
 * refuses the lock everywhere. An entry without a checksum satisfies it: on such a platform npm
 * fetches exactly this version, elsewhere nothing.
 */
export function findMissingPlatforms(lock) {
  const missing = {};
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
      if (places.some((place) => lock.packages[place]) || !/^\d/.test(version)) continue;
      missing[`node_modules/${name}`] = entryOf(name, version, entry.dev);
    }
  }
  return missing;
}

function entryOf(name, version, dev) {
  const words = name.split('/').at(-1).split('-');
  const cpu = processors.find((value) => words.includes(value));
  const os = systems.find((value) => words.includes(value));
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev: true }),
    ...(words.includes('musl') && { libc: ['musl'] }),
    optional: true,
    ...(os && { os: [os] }),
  };
}
