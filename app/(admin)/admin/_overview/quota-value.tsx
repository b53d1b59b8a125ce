import { Time } from '@/components/time/time';
import { cn } from '@/components/ui/cn';
import type { Quota } from '@/lib/operations/overview/schemas';
import { t } from '@/messages/admin-overview';

/** How many of the day's calls are used, as Codat last said and when it did. */
export function QuotaValue({ quota }: { quota: Quota | null }) {
  const label = <span className="text-ink-muted">{t('signals.quota')}</span>;
  if (!quota?.current) {
    return (
      <span className="flex flex-wrap items-baseline justify-between gap-x-4 text-[0.9375rem]">
        {label}
        <span className="text-sm text-ink-muted">
          {quota ? t('signals.quotaOld') : t('signals.unknown')}
        </span>
      </span>
    );
  }
  const { dailyLimit, remaining, resetAt, seenAt } = quota;
  const used = Math.max(0, dailyLimit - remaining);
  const percent = dailyLimit > 0 ? Math.min(100, (used / dailyLimit) * 100) : 100;
  const color = percent >= 90 ? 'bg-bad' : percent >= 70 ? 'bg-warn' : 'bg-accent';
  const seen = () => <Time at={seenAt} as="relative" />;
  return (
    <>
      <span className="flex flex-wrap items-baseline justify-between gap-x-4 text-[0.9375rem]">
        {label}
        <span className="font-medium tabular-nums">
          {t('signals.quotaValue', { used, limit: dailyLimit })}
        </span>
      </span>
      <span aria-hidden="true" className="mt-2 block h-1.5 overflow-hidden rounded-full bg-sunken">
        <span
          className={cn('block h-full min-w-0.5 rounded-full', color)}
          style={{ width: `${percent}%` }}
        />
      </span>
      <span className="mt-1.5 block text-xs text-ink-faint">
        {resetAt
          ? t.rich('signals.quotaSeen', {
              time: seen,
              reset: () => <Time at={resetAt} as="relative" />,
            })
          : t.rich('signals.quotaSeenOnly', { time: seen })}
      </span>
    </>
  );
}
