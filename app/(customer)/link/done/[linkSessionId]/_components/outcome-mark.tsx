import {
  CircleCheck,
  CircleHelp,
  CircleMinus,
  CircleX,
  Clock,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import { statusText } from '@/components/status/connection-status';
import { keepsOwnSchedule } from '@/lib/connections/capabilities';
import type { LinkOutcome, LinkOutcomeKind } from '@/lib/linking/schemas';
import type { T } from '@/messages/translator';

const looks: Record<LinkOutcomeKind, { Icon: LucideIcon; color: string }> = {
  connected: { Icon: CircleCheck, color: 'bg-ok-soft text-ok' },
  stillConnected: { Icon: CircleCheck, color: 'bg-ok-soft text-ok' },
  connectedAnyway: { Icon: CircleCheck, color: 'bg-ok-soft text-ok' },
  listed: { Icon: TriangleAlert, color: 'bg-warn-soft text-warn' },
  closed: { Icon: CircleMinus, color: 'bg-sunken text-ink-muted' },
  signedIn: { Icon: Clock, color: 'bg-wait-soft text-wait' },
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

/** The heading. Where it is about a status, it has the word that lists have for it. */
export function outcomeTitle(
  t: T<'connect'>,
  statuses: T<'connections'>,
  { kind, connection }: LinkOutcome,
): string {
  const platform = connection?.platformName ?? '';
  if (kind === 'connected' && !platform) return t('done.connectedUnknown');
  const status = statusText(statuses, connection?.state ?? '');
  return t(`done.${kind}`, { platform, status });
}

/** What it means, in a sentence or two; the heading says it all where there is none. */
export function outcomeText(
  t: T<'connect'>,
  { kind, connection }: LinkOutcome,
  brand: string,
): string | null {
  if (kind === 'closed') return null;
  const platform = connection?.platformName ?? '';
  if (kind === 'failed' && platform) return t('done.failedTextPlatform', { platform });
  if (kind === 'connected' && connection && keepsOwnSchedule(connection)) {
    return t('done.connectedTextDesktop', { brand, platform });
  }
  return t(`done.${kind}Text`, { brand, platform });
}
