import { type MarkShape, StatusMark } from '@/components/status/status-mark';
import { cn } from '@/components/ui/cn';
import { eventStates } from '@/lib/webhooks/room/schemas';
import { t } from '@/messages/webhooks';

const looks = {
  dead: { shape: 'cross', color: 'text-bad' },
  retrying: { shape: 'half', color: 'text-warn' },
  pending: { shape: 'dots', color: 'text-wait' },
  unmatched: { shape: 'diamond', color: 'text-wait' },
  ignored: { shape: 'bar', color: 'text-ink-muted' },
  processed: { shape: 'check', color: 'text-ok' },
} satisfies Record<string, { shape: MarkShape; color: string }>;

type Props = { state: string; attempts?: number; className?: string };

/** What became of an event, in words, colour and shape. */
export function EventResult({ state, attempts = 0, className }: Props) {
  const known = eventStates.find((one) => one === state);
  const kind = known === 'pending' && attempts > 0 ? 'retrying' : known;
  const look = kind ? looks[kind] : { shape: 'diamond' as const, color: 'text-ink-muted' };
  return (
    <span
      data-state={state}
      title={kind ? t(`hint.${kind}`) : undefined}
      className={cn(
        'inline-flex items-center gap-1.5 font-medium whitespace-nowrap',
        look.color,
        className,
      )}
    >
      <StatusMark shape={look.shape} />
      {kind ? t(`state.${kind}`) : t('state.other', { state })}
    </span>
  );
}
