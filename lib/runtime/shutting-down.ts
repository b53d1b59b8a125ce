// Routes and instrumentation are separate module graphs: what they share lives on globalThis.
const held = globalThis as typeof globalThis & { portalShuttingDown?: boolean };

export function isShuttingDown(): boolean {
  return held.portalShuttingDown === true;
}

export function markShuttingDown(): void {
  held.portalShuttingDown = true;
}
