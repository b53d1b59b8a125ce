import { useT } from '#i18n';
import { cn } from '@/components/ui/cn';
import type { Attention } from '@/lib/companies/types';
import { type MarkShape, StatusMark } from './status-mark';

const looks: Record<Attention, { shape: MarkShape; color: string }> = {
  deleted: { shape: 'cross', color: 'text-bad' },
  provisioning: { shape: 'dots', color: 'text-wait' },
  needs_reconnect: { shape: 'triangle', color: 'text-warn' },
  data_stopped: { shape: 'pause', color: 'text-warn' },
  unfinished: { shape: 'half', color: 'text-wait' },
  disconnected: { shape: 'bar', color: 'text-ink-muted' },
  none: { shape: 'ring', color: 'text-ink-muted' },
  ok: { shape: 'check', color: 'text-ok' },
};

/** What a whole company needs, in words, colour and shape. */
export function AttentionStatus({ attention }: { attention: Attention }) {
  const t = useT('admin');
  const look = looks[attention];
  return (
    <span
      data-attention={attention}
      className={cn('inline-flex items-center gap-1.5 font-medium whitespace-nowrap', look.color)}
    >
      <StatusMark shape={look.shape} />
      {t(`attention.${attention}`)}
    </span>
  );
}
