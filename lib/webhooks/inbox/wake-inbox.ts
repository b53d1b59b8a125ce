import { remember } from '@/lib/runtime/process-state';

const inbox = remember<{ wake?: (() => void) | undefined }>('inbox', () => ({}));

/** Wakes this process's inbox loop, if it runs one; others find the event by polling. */
export function wakeInbox(): void {
  inbox.wake?.();
}

/** Says what `wakeInbox` calls. */
export function onWakeInbox(wake: (() => void) | undefined): void {
  inbox.wake = wake;
}
