import { Panel } from '@/app/(admin)/admin/_components/panel';
import { Time } from '@/components/time/time';
import type { CompanyDetail } from '@/lib/companies/staff/get-company-detail';
import { t } from '@/messages/admin';

export function Consents({ consents }: { consents: CompanyDetail['consents'] }) {
  return (
    <Panel title={t('company.consents')}>
      {consents.length > 0 ? (
        <ul className="divide-y divide-line">
          {consents.map((consent) => (
            <li key={consent.id} className="py-2.5 first:pt-0 last:pb-0">
              <p className="font-medium">{consent.byName ?? t('company.unknownPerson')}</p>
              <p className="text-ink-muted">
                {t.rich('company.consentGiven', { time: () => <Time at={consent.acceptedAt} /> })}
                {' · '}
                {t('company.consentVersion', { version: consent.textVersion })}
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-ink-muted">{t('company.consentsEmpty')}</p>
      )}
    </Panel>
  );
}
