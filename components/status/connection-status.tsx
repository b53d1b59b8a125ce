import { useT } from '#i18n';
import { cn } from '@/components/ui/cn';
import { type ConnectionState, type ConnectionSummary, knownState } from '@/lib/connections/types';
import type { T } from '@/messages/translator';
import { type MarkShape, StatusMark } from './status-mark';

const looks: Record<ConnectionState | 'unknown', { shape: MarkShape; color: string }> = {
  PendingAuth: { shape: 'half', color: 'text-wait' },
  Linked: { shape: 'check', color: 'text-ok' },
  Deauthorized: { shape: 'triangle', color: 'text-warn' },
  stopped: { shape: 'pause', color: 'text-warn' },
  Unlinked: { shape: 'bar', color: 'text-ink-muted' },
  unknown: { shape: 'diamond', color: 'text-ink-muted' },
};

/** A state in the words that people read. */
export function statusText(t: T<'connections'>, status: string): string {
  return t(`status.${knownState(status) ?? 'unknown'}`);
}

/** What a change of state came to, in words; null: removed at Codat. */
export function changeText(
  t: T<'connections'>,
  { fromStatus, toStatus }: { fromStatus: string | null; toStatus: string | null },
): string {
  if (toStatus === null) return t('status.removed');
  const isBack = fromStatus === 'stopped' && toStatus === 'Linked';
  return isBack ? t('status.resumed') : statusText(t, toStatus);
}

type Stopped = Pick<ConnectionSummary, 'lastSyncAt' | 'platformName' | 'stopped'>;

/** Why data has stopped, in a sentence for customers and staff; empty if it has not. */
export function whyStopped(t: T<'connections'>, connection: Stopped): string {
  const { lastSyncAt, platformName: platform, stopped } = connection;
  if (!stopped) return '';
  const { since, why } = stopped;
  if (why !== 'overdue') return t(`stopped.why.${why}`, { platform });
  const days = Math.max(1, Math.floor((Date.now() - Date.parse(since)) / 86_400_000));
  return t(lastSyncAt ? 'stopped.why.overdue' : 'stopped.why.never', { days, platform });
}

/** A state for staff: one that we do not know reads as Codat spells it. */
export function statusName(t: T<'connections'>, status: string): string {
  return knownState(status) ? statusText(t, status) : status;
}

export function ConnectionStatus({ status, className }: { status: string; className?: string }) {
  const t = useT('connections');
  const look = looks[knownState(status) ?? 'unknown'];
  return (
    <span
      data-status={status}
      className={cn('inline-flex items-center gap-1.5 font-medium', look.color, className)}
    >
      <StatusMark shape={look.shape} />
      {statusText(t, status)}
    </span>
  );
}

/** Only the mark, for places that have the words next to it. */
export function ConnectionMark({ status, className }: { status: string; className?: string }) {
  const look = looks[knownState(status) ?? 'unknown'];
  return <StatusMark shape={look.shape} className={cn(look.color, className)} />;
}
