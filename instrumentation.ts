/** Runs once when a server process starts, before it takes requests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { markPeers } = await import('./lib/runtime/peer-address');
  markPeers();
  const { repairTargets } = await import('./lib/runtime/request-target');
  repairTargets();
  const { boot } = await import('./lib/worker/boot');
  await boot();
}
