import { useT } from '#i18n';
import { type MarkShape, StatusMark } from '@/components/status/status-mark';
import { cn } from '@/components/ui/cn';
import { eventStates } from '@/lib/webhooks/room/schemas';
import type { T } from '@/messages/translator';

const looks = {
  dead: { shape: 'cross', color: 'text-bad' },
  retrying: { shape: 'half', color: 'text-warn' },
  pending: { shape: 'dots', color: 'text-wait' },
  unmatched: { shape: 'diamond', color: 'text-wait' },
  ignored: { shape: 'bar', color: 'text-ink-muted' },
  processed: { shape: 'check', color: 'text-ok' },
  settled: { shape: 'ring', color: 'text-ink-muted' },
} satisfies Record<string, { shape: MarkShape; color: string }>;

type Props = { state: string; attempts?: number };

/** What became of an event, in words, colour and shape. */
export function EventResult({ state, attempts = 0 }: Props) {
  const t = useT('webhooks');
  const known = eventStates.find((one) => one === state);
  const kind = known === 'pending' && attempts > 0 ? 'retrying' : known;
  const look = kind ? looks[kind] : { shape: 'diamond' as const, color: 'text-ink-muted' };
  return (
    <span
      data-state={state}
      title={kind ? t(`hint.${kind}`) : undefined}
      className={cn('inline-flex items-center gap-1.5 font-medium whitespace-nowrap', look.color)}
    >
      <StatusMark shape={look.shape} />
      {kind ? t(`state.${kind}`) : t('state.other', { state })}
    </span>
  );
}

/** What became of an event, in a word. */
export function stateText(t: T<'webhooks'>, state: string): string {
  const known = eventStates.find((one) => one === state);
  return known ? t(`state.${known}`) : t('state.other', { state });
}

const steps = [
  { below: 1000, unitMs: 1, unit: 'ms' },
  { below: 90_000, unitMs: 1000, unit: 's' },
  { below: 90 * 60_000, unitMs: 60_000, unit: 'min' },
  { below: 36 * 3_600_000, unitMs: 3_600_000, unit: 'h' },
] as const;

/** How much later one time is than another: `340 ms`, `4 s`, `2 days`. */
export function lagText(t: T<'webhooks'>, from: string, to: string): string {
  const ms = Math.max(0, Date.parse(to) - Date.parse(from));
  const step = steps.find(({ below }) => ms < below);
  if (!step) return t('lag.d', { count: Math.round(ms / 86_400_000) });
  const exact = ms / step.unitMs;
  return t(`lag.${step.unit}`, {
    count: exact < 10 ? Math.round(exact * 10) / 10 : Math.round(exact),
  });
}
