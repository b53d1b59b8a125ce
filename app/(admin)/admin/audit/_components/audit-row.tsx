import Link from 'next/link';
import type { ReactNode } from 'react';
import { Time } from '@/components/time/time';
import type { AuditEntry } from '@/lib/audit/log/schemas';
import { t } from '@/messages/audit';
import { messageText } from '@/messages/message-text';
import { AuditDetail } from './audit-detail';
import { auditSentence } from './audit-sentence';
import { kindText } from './kind-text';

function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td className="px-4 py-3 align-top max-lg:flex max-lg:gap-3 max-lg:p-0">
      <span aria-hidden="true" className="w-20 shrink-0 text-ink-faint lg:hidden">
        {label}
      </span>
      <div className="min-w-0 flex-1 break-words">{children}</div>
    </td>
  );
}

export function AuditRow({ row }: { row: AuditEntry }) {
  const { failed } = row.detail;
  return (
    <tr className="max-lg:grid max-lg:gap-y-1.5 max-lg:p-4">
      <th scope="row" className="px-4 py-3 text-left align-top font-normal break-words max-lg:p-0">
        <p className="font-medium">{auditSentence(row)}</p>
        {typeof failed === 'string' ? (
          <p className="text-bad">{t('failed', { reason: failureText(failed) })}</p>
        ) : null}
        <AuditDetail row={row} />
      </th>
      <Cell label={t('who')}>
        <span className="break-all">{row.actorName}</span>
        {row.actorKind === 'person' ? null : (
          <p className="text-xs text-ink-faint">{kindText(row.actorKind)}</p>
        )}
      </Cell>
      <Cell label={t('company')}>
        {row.companyId && row.companyName !== null ? (
          <Link
            href={`/admin/companies/${row.companyId}`}
            className="line-clamp-2 underline decoration-line-strong/60 underline-offset-4 hover:decoration-current"
          >
            {row.companyName}
          </Link>
        ) : row.companyId ? (
          <span className="font-mono text-xs break-all text-ink-muted">{row.companyId}</span>
        ) : (
          <span className="text-ink-faint">{t('noCompany')}</span>
        )}
      </Cell>
      <Cell label={t('when')}>
        <Time at={row.at} as="second" />
        <p className="text-xs text-ink-faint">
          <Time at={row.at} as="relative" />
        </p>
      </Cell>
    </tr>
  );
}

/** The reason is a message key, or, of another version, whatever it called it. */
function failureText(failed: string): string {
  return /^errors\.[a-zA-Z]+$/.test(failed) ? messageText(failed) : failed;
}
