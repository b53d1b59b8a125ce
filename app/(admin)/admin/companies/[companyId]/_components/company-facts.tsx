import type { ReactNode } from 'react';
import { Time } from '@/components/time/time';
import { CopyId } from '@/components/ui/copy-id';
import type { CompanyDetail } from '@/lib/companies/schemas';
import { translator } from '@/messages/translator';
import { Panel } from './panel';

const t = translator('admin');

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function CompanyFacts({ company }: { company: CompanyDetail }) {
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
