import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { Time } from '@/components/time/time';
import { cn } from '@/components/ui/cn';
import type { Overview, Quota } from '@/lib/operations/overview/types';

/** Whether news still arrives, and whether the portal would notice if it did not. */
export function SignalsPanel({ overview }: { overview: Overview }) {
  const t = useT('adminOverview');
  const { blocked, quota, sweeps, webhooks } = overview;
  const { missedLast, missedWeek } = sweeps;
  return (
    <Panel flush title={t('signals.title')}>
      <ul className="divide-y divide-line border-t border-line">
        <Signal href="/admin/webhooks" label={t('signals.lastWebhook')} bad={webhooks.silent}>
          {webhooks.lastReceivedAt ? (
            <Time at={webhooks.lastReceivedAt} as="relative" />
          ) : (
            t('signals.never')
          )}
        </Signal>
        <Signal href="/admin/webhooks?state=dead" label={t('signals.dead')} bad={webhooks.dead > 0}>
          {webhooks.dead > 0 ? t('number', { count: webhooks.dead }) : t('signals.none')}
        </Signal>
        <Signal href="/admin/sweeps" label={t('signals.lastSweep')} bad={sweeps.late}>
          {sweeps.lastFinishedAt ? (
            <Time at={sweeps.lastFinishedAt} as="relative" />
          ) : (
            t('signals.never')
          )}
        </Signal>
        <Signal
          href="/admin/sweeps"
          label={t('signals.missed')}
          detail={t('signals.missedLast', { last: missedLast })}
        >
          {t('signals.missedValue', { week: missedWeek })}
        </Signal>
        <li>
          <Link
            href="/admin/settings#group-codat"
            prefetch={false}
            className="block px-4 py-2.5 hover:bg-sunken/60 sm:px-5"
          >
            <QuotaValue quota={quota} />
            {blocked ? (
              <span className="mt-1.5 block text-sm text-bad">
                {t.rich('signals.blocked', {
                  time: () => <Time at={blocked.until} as="relative" />,
                })}
              </span>
            ) : null}
          </Link>
        </li>
      </ul>
    </Panel>
  );
}

type SignalProps = {
  href: Route;
  label: string;
  detail?: string;
  bad?: boolean;
  children: ReactNode;
};

function Signal({ href, label, detail, bad = false, children }: SignalProps) {
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        className="flex min-h-11 flex-wrap items-baseline justify-between gap-x-4 px-4 py-2.5 text-[0.9375rem] hover:bg-sunken/60 sm:px-5"
      >
        <span className="text-ink-muted">{label}</span>
        <span className={cn('font-medium tabular-nums', bad && 'text-bad')}>{children}</span>
        {detail ? <span className="w-full text-end text-xs text-ink-faint">{detail}</span> : null}
      </Link>
    </li>
  );
}

/** How many of the day's calls are used, as Codat last said and when it did. */
function QuotaValue({ quota }: { quota: Quota | null }) {
  const t = useT('adminOverview');
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
