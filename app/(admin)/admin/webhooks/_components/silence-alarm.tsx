import Link from 'next/link';
import { useT } from '#i18n';
import { Time } from '@/components/time/time';
import { buttonStyle } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { WebhookHealth } from '@/lib/webhooks/room/webhook-health';

const checks = ['disabled', 'secret', 'address', 'types'] as const;

/** Says that webhooks have stopped, and what to look at; nothing while they have not. */
export function SilenceAlarm({ silence }: { silence: WebhookHealth }) {
  const t = useT('webhooks');
  if (!silence.silent) return null;
  const { lastEventAt, missed } = silence;
  return (
    <Notice
      tone="bad"
      title={t('silence.title')}
      className="mb-6"
      action={
        <Link href="/admin/settings" className={buttonStyle({ size: 'small' })}>
          {t('silence.settings')}
        </Link>
      }
    >
      <p>
        {lastEventAt
          ? t.rich('silence.since', {
              missed,
              time: () => <Time at={lastEventAt} as="relative" />,
            })
          : t('silence.never', { missed })}
      </p>
      <p className="pt-1 font-medium text-ink">{t('silence.checks')}</p>
      <ul className="list-disc space-y-1 ps-5">
        {checks.map((check) => (
          <li key={check}>{t(`silence.${check}`)}</li>
        ))}
      </ul>
    </Notice>
  );
}
