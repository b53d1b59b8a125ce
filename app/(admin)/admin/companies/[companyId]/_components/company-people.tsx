import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { Time } from '@/components/time/time';
import type { CompanyDetail } from '@/lib/companies/staff/get-company-detail';
import type { T } from '@/messages/translator';

const roles = ['owner', 'member', 'bookkeeper'] as const;

function roleText(t: T<'admin'>, role: string): string {
  const known = roles.find((name) => name === role);
  return known ? t(`role.${known}`) : role;
}

export function People({ people }: { people: CompanyDetail['people'] }) {
  const t = useT('admin');
  return (
    <Panel title={t('company.people')}>
      {people.length > 0 ? (
        <ul className="divide-y divide-line">
          {people.map((person) => (
            <li key={person.id} className="py-2.5 first:pt-0 last:pb-0">
              <p className="flex flex-wrap justify-between gap-x-3">
                <span className="min-w-0 font-medium break-words">{person.name}</span>
                <span className="text-ink-muted">{roleText(t, person.role)}</span>
              </p>
              <p translate="no" className="break-all text-ink-muted">
                {person.email}
              </p>
              <p className="text-xs text-ink-faint">
                {t.rich('company.peopleSince', { time: () => <Time at={person.since} as="day" /> })}
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-ink-muted">{t('company.peopleEmpty')}</p>
      )}
    </Panel>
  );
}

export function Consents({ consents }: { consents: CompanyDetail['consents'] }) {
  const t = useT('admin');
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
