import {
  CircleCheck,
  CircleHelp,
  CircleMinus,
  CircleX,
  Clock,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import type { LinkOutcome, LinkOutcomeKind } from '@/lib/linking/schemas';
import type { T } from '@/messages/translator';

const looks: Record<LinkOutcomeKind, { Icon: LucideIcon; color: string }> = {
  connected: { Icon: CircleCheck, color: 'bg-ok-soft text-ok' },
  unconfirmed: { Icon: Clock, color: 'bg-wait-soft text-wait' },
  unchanged: { Icon: CircleMinus, color: 'bg-sunken text-ink-muted' },
  cancelled: { Icon: CircleMinus, color: 'bg-sunken text-ink-muted' },
  unsupported: { Icon: CircleX, color: 'bg-warn-soft text-warn' },
  failed: { Icon: TriangleAlert, color: 'bg-bad-soft text-bad' },
  unknown: { Icon: CircleHelp, color: 'bg-warn-soft text-warn' },
};

export function OutcomeMark({ kind }: { kind: LinkOutcomeKind }) {
  const { Icon, color } = looks[kind];
  return (
    <span aria-hidden="true" className={`grid size-14 place-items-center rounded-2xl ${color}`}>
      <Icon className="size-7" />
    </span>
  );
}

export function outcomeTitle(t: T<'connect'>, { kind, connection }: LinkOutcome): string {
  if (kind !== 'connected') return t(`done.${kind}`);
  return connection
    ? t('done.connected', { platform: connection.platformName })
    : t('done.connectedUnknown');
}
