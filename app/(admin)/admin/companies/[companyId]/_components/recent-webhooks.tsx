import Link from 'next/link';
import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { stateText } from '@/app/(admin)/admin/webhooks/_components/event-result';
import { Time } from '@/components/time/time';
import type { CompanyDetail } from '@/lib/companies/staff/get-company-detail';

type Props = { companyId: string; events: CompanyDetail['webhooks'] };

/** The newest events about the company, and the way to all of them. */
export function RecentWebhooks({ companyId, events }: Props) {
  const t = useT('adminCompany');
  const webhooks = useT('webhooks');
  return (
    <Panel title={t('webhooks.title')}>
      {events.length > 0 ? (
        <>
          <ul className="divide-y divide-line">
            {events.map((event) => (
              <li key={event.id} className="py-2.5 first:pt-0">
                <p translate="no" className="font-medium">
                  {event.eventType}
                </p>
                <p className="text-ink-muted">
                  <Time at={event.receivedAt} />
                  {' · '}
                  {stateText(webhooks, event.state)}
                </p>
              </li>
            ))}
          </ul>
          <Link
            href={`/admin/webhooks?company=${companyId}`}
            className="font-medium text-accent-text underline underline-offset-4"
          >
            {t('webhooks.all')}
          </Link>
        </>
      ) : (
        <p className="text-ink-muted">{t('webhooks.empty')}</p>
      )}
    </Panel>
  );
}
