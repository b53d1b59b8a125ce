import 'server-only';
import { remember } from './process-state';

/**
 * What the setup checks should look at now rather than within the hour. `codat`: it refuses us, or no
 * longer does. `webhooks`: some did not come. `link`: a Link URL led elsewhere than it may.
 */
export type Trouble = { kind: 'codat' } | { kind: 'webhooks' } | { kind: 'link'; origin: string };

const held = remember<{
  tell?: ((trouble: Trouble) => void) | undefined;
  isRefused?: boolean;
}>('trouble', () => ({}));

/** Tells whoever listens in this process; in tests and commands no one does. */
export function noteTrouble(trouble: Trouble): void {
  held.tell?.(trouble);
}

/** Says what `noteTrouble` calls. */
export function onTrouble(tell: ((trouble: Trouble) => void) | undefined): void {
  held.tell = tell;
  held.isRefused = false;
}

/** Notes what Codat thinks of us, and tells when that has changed. */
export function noteVerdict(isRefused: boolean): void {
  if (isRefused === (held.isRefused ?? false)) return;
  held.isRefused = isRefused;
  noteTrouble({ kind: 'codat' });
}
