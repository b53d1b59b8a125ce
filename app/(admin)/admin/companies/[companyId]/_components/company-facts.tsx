import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { Time } from '@/components/time/time';
import { CopyId } from '@/components/ui/copy-id';
import type { CompanyDetail } from '@/lib/companies/staff/get-company-detail';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function CompanyFacts({ company }: { company: CompanyDetail }) {
  const t = useT('admin');
  const own = useT('adminCompany');
  const tags = Object.entries(company.tags);
  return (
    <Panel title={t('company.facts')}>
      <dl className="space-y-3">
        <Fact name={t('company.id')}>
          <CopyId id={company.id} what={t('company.id')} />
        </Fact>
        <Fact name={t('company.codatId')}>
          {company.codatCompanyId ? (
            <CopyId id={company.codatCompanyId} what={t('company.codatId')} />
          ) : (
            t('company.noCodatId')
          )}
        </Fact>
        {company.note ? (
          <Fact name={own('note.title')}>
            <p className="break-words">{company.note}</p>
            <p className="text-xs text-ink-faint">{own('note.hint')}</p>
          </Fact>
        ) : null}
        <Fact name={own('tags.title')}>
          {tags.length > 0 ? (
            <ul className="mt-1 flex flex-wrap gap-1.5">
              {tags.map(([key, value]) => (
                <li
                  key={key}
                  className="max-w-full rounded-md border border-line bg-sunken px-2 py-0.5 text-[0.8125rem]"
                >
                  <span className="text-ink-muted">{key}</span> {value}
                </li>
              ))}
            </ul>
          ) : (
            own('tags.none')
          )}
        </Fact>
        <Fact name={t('company.setup')}>{t(`setup.${company.setup}`)}</Fact>
        <Fact name={t('company.created')}>
          <Time at={company.createdAt} />
        </Fact>
        <Fact name={t('company.checked')}>
          {company.knownAt ? <Time at={company.knownAt} as="relative" /> : t('companies.never')}
        </Fact>
      </dl>
    </Panel>
  );
}
