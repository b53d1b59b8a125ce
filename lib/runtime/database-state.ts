// The proxy, routes and instrumentation are separate module graphs: they share globalThis.
const held = globalThis as typeof globalThis & { portalDatabase?: 'there' | 'away' };

export function markDatabase(state: 'there' | 'away'): void {
  held.portalDatabase = state;
}

/** Whether the database was away when it was last looked at, about a second ago. */
export function isDatabaseKnownAway(): boolean {
  return held.portalDatabase === 'away';
}
