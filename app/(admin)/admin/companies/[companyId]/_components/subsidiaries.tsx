import Link from 'next/link';
import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { AttentionStatus } from '@/components/status/attention-status';
import type { CompanyDetail } from '@/lib/companies/staff/get-company-detail';
import type { ConnectionSummary } from '@/lib/connections/types';
import { AdminConnection } from './admin-connection';

type Props = { subsidiaries: CompanyDetail['subsidiaries']; connections: ConnectionSummary[] };

/** The companies below this one, one a legal entity at Codat, and what they have connected. */
export function Subsidiaries({ subsidiaries, connections }: Props) {
  const t = useT('adminCompany');
  if (subsidiaries.length === 0) return null;
  return (
    <Panel title={t('family.subsidiaries')}>
      <ul className="divide-y divide-line">
        {subsidiaries.map((company) => (
          <li key={company.id} className="space-y-3 py-3 first:pt-0 last:pb-0">
            <p className="flex flex-wrap items-center gap-x-3">
              <Link
                href={`/admin/companies/${company.id}`}
                className="font-medium underline underline-offset-4"
              >
                {company.name}
              </Link>
              <AttentionStatus attention={company.attention} />
            </p>
            <ul className="divide-y divide-line ps-4 empty:hidden">
              {connections
                .filter(({ companyId }) => companyId === company.id)
                .map((connection) => (
                  <AdminConnection key={connection.id} connection={connection} />
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
