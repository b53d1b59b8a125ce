import Link from 'next/link';
import { useT } from '#i18n';
import { ListCell, ListRow, ListTable } from '@/app/(admin)/admin/_components/list-table';
import { Time } from '@/components/time/time';
import type { AuditEntry } from '@/lib/audit/log/schemas';
import { getMessageText, getT } from '@/messages/server/get-t';
import type { MessageText } from '@/messages/server/message-text';
import { auditSentence, kindText } from './audit-text';

const columns = {
  what: 'lg:w-[40%]',
  who: 'lg:w-[21%]',
  company: 'lg:w-[21%]',
  when: 'lg:w-[18%]',
} as const;
const columnNames = Object.keys(columns) as (keyof typeof columns)[];

export function AuditTable({ rows }: { rows: AuditEntry[] }) {
  const t = useT('audit');
  return (
    <ListTable
      label={t('label')}
      columns={columnNames.map((key) => ({ key, text: t(key), className: columns[key] }))}
    >
      {rows.map((row) => (
        <AuditRow key={row.id} row={row} />
      ))}
    </ListTable>
  );
}

async function AuditRow({ row }: { row: AuditEntry }) {
  const messageText = await getMessageText();
  const t = await getT('audit');
  const { failed } = row.detail;
  return (
    <ListRow
      className="max-lg:text-sm"
      head={
        <>
          <p className="break-words">{auditSentence(t, row)}</p>
          {typeof failed === 'string' ? (
            <p className="font-normal text-bad">
              {t('failed', { reason: failureText(messageText, failed) })}
            </p>
          ) : null}
          <AuditDetail row={row} />
        </>
      }
    >
      <ListCell label={t('who')}>
        <span translate="no" className="break-all">
          {row.actorName}
        </span>
        {row.actorKind === 'person' ? null : (
          <p className="text-xs text-ink-faint">{kindText(t, row.actorKind)}</p>
        )}
      </ListCell>
      <ListCell label={t('company')}>
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
      </ListCell>
      <ListCell label={t('when')}>
        <Time at={row.at} as="second" />
        <p className="text-xs text-ink-faint">
          <Time at={row.at} as="relative" />
        </p>
      </ListCell>
    </ListRow>
  );
}

/** The reason is a message key, or, of another version, whatever it called it. */
function failureText(messageText: MessageText, failed: string): string {
  return /^errors\.[a-zA-Z]+$/.test(failed) ? messageText(failed) : failed;
}

/** Everything that an entry holds, as it was recorded. */
function AuditDetail({ row }: { row: AuditEntry }) {
  const t = useT('audit');
  const facts: [string, string | null][] = [
    [t('fact.action'), row.action],
    [t('fact.kind'), kindText(t, row.actorKind)],
    [t('fact.subject'), row.subject || null],
    [t('fact.companyId'), row.companyId],
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
              <dd translate="no" className="font-mono break-all">
                {value}
              </dd>
            </div>
          ),
        )}
        {Object.entries(row.detail).map(([name, value]) => (
          <div key={name} translate="no" className="contents">
            <dt className="text-ink-muted">{name}</dt>
            <dd className="font-mono break-all">{String(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
