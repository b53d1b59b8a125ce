// Routes and instrumentation are separate module graphs: what they share lives on globalThis.
const held = globalThis as typeof globalThis & { portalInboxNudge?: () => void };

/** Wakes this process's inbox loop, if it runs one; others find the event by polling. */
export function nudgeInbox(): void {
  held.portalInboxNudge?.();
}

/** Registers what `nudgeInbox` wakes. */
export function onInboxNudge(wake: (() => void) | undefined): void {
  held.portalInboxNudge = wake;
}
