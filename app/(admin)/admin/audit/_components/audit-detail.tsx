import type { AuditEntry } from '@/lib/audit/log/schemas';
import { t } from '@/messages/audit';
import { kindText } from './audit-text';

/** Everything that an entry holds, as it was recorded. */
export function AuditDetail({ row }: { row: AuditEntry }) {
  const facts: [string, string | null][] = [
    [t('fact.action'), row.action],
    [t('fact.kind'), kindText(row.actorKind)],
    [t('fact.subject'), row.subject || null],
    [t('fact.companyId'), row.companyId],
    ...Object.entries(row.detail).map(([name, value]): [string, string] => [name, String(value)]),
    [t('fact.requestId'), row.requestId],
    [t('fact.ipAddress'), row.ipAddress],
  ];
  return (
    <details className="mt-1 font-normal">
      <summary className="inline-flex min-h-6 items-center text-xs text-ink-muted underline underline-offset-4 hover:text-ink">
        {t('detail')}
      </summary>
      <dl className="mt-1.5 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 rounded-lg bg-sunken p-3 text-xs">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className="contents">
              <dt className="text-ink-muted">{name}</dt>
              <dd className="font-mono break-all">{value}</dd>
            </div>
          ),
        )}
      </dl>
    </details>
  );
}
