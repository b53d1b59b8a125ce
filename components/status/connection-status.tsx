import { useT } from '#i18n';
import { cn } from '@/components/ui/cn';
import { type ConnectionStatus as Known, knownStatus } from '@/lib/connections/types';
import type { T } from '@/messages/translator';
import { type MarkShape, StatusMark } from './status-mark';

const looks: Record<Known | 'unknown', { shape: MarkShape; color: string }> = {
  PendingAuth: { shape: 'half', color: 'text-wait' },
  Linked: { shape: 'check', color: 'text-ok' },
  Deauthorized: { shape: 'triangle', color: 'text-warn' },
  Unlinked: { shape: 'bar', color: 'text-ink-muted' },
  unknown: { shape: 'diamond', color: 'text-ink-muted' },
};

/** A status in the words that people read. */
export function statusText(t: T<'connections'>, status: string): string {
  return t(`status.${knownStatus(status) ?? 'unknown'}`);
}

/** The same for staff: one that we do not know reads as Codat spells it. */
export function statusName(t: T<'connections'>, status: string): string {
  return knownStatus(status) ? statusText(t, status) : status;
}

export function ConnectionStatus({ status, className }: { status: string; className?: string }) {
  const t = useT('connections');
  const look = looks[knownStatus(status) ?? 'unknown'];
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
  const look = looks[knownStatus(status) ?? 'unknown'];
  return <StatusMark shape={look.shape} className={cn(look.color, className)} />;
}
