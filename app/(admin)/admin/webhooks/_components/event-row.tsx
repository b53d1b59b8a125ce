import Link from 'next/link';
import { useLocale, useT } from '#i18n';
import { ListCell, ListRow } from '@/app/(admin)/admin/_components/list-table';
import { Time } from '@/components/time/time';
import { utcText } from '@/components/time/time-text';
import type { EventRow as Row } from '@/lib/webhooks/room/schemas';
import { EventResult, lagText } from './event-result';

export function EventRow({ row, selectable }: { row: Row; selectable: boolean }) {
  const t = useT('webhooks');
  return (
    <ListRow
      className="max-lg:text-sm"
      head={
        <div className="flex gap-3">
          {selectable ? <SelectBox row={row} /> : null}
          <div className="min-w-0">
            <Link
              href={`/admin/webhooks/${row.id}`}
              translate="no"
              className="break-words underline decoration-line-strong/60 underline-offset-4 hover:decoration-current"
            >
              {row.eventType}
            </Link>
            <p
              translate="no"
              className="line-clamp-1 font-mono text-xs font-normal break-all text-ink-faint"
            >
              {row.webhookId}
            </p>
          </div>
        </div>
      }
    >
      <ListCell label={t('list.company')}>
        <EventCompany row={row} />
      </ListCell>
      <ListCell label={t('list.result')}>
        <EventResult state={row.state} attempts={row.attempts} />
        {row.lastError && row.state !== 'processed' ? (
          <p className="line-clamp-2 text-xs break-words text-ink-muted">{row.lastError}</p>
        ) : null}
      </ListCell>
      <ListCell label={t('list.received')}>
        <span className="lg:whitespace-nowrap">
          <Time at={row.receivedAt} as="second" />
        </span>
        <p className="text-xs text-ink-faint">
          <Time at={row.receivedAt} as="relative" />
          {' · '}
          {t('list.verified', { after: lagText(t, row.receivedAt, row.verifiedAt) })}
        </p>
      </ListCell>
      <ListCell label={t('list.processed')}>
        <Processing row={row} />
      </ListCell>
      <ListCell label={t('list.tries')} short>
        <span className="tabular-nums">{row.attempts}</span>
      </ListCell>
      <ListCell label={t('list.deliveries')} short>
        <span className="tabular-nums">{row.deliveries}</span>
      </ListCell>
    </ListRow>
  );
}

/** Waiting events can't be retried; the space stays, so that rows line up. */
function SelectBox({ row }: { row: Row }) {
  const t = useT('webhooks');
  const { tag } = useLocale();
  if (row.state === 'pending') return <span className="w-4 shrink-0" />;
  const time = utcText(new Date(row.receivedAt), { style: 'second', tag });
  return (
    <label className="-m-3 flex h-fit p-3">
      <span className="sr-only">{t('list.select', { type: row.eventType, time })}</span>
      <input type="checkbox" name="event" value={row.id} className="mt-0.5 size-4 accent-accent" />
    </label>
  );
}

export function EventCompany({ row }: { row: Pick<Row, 'company' | 'codatCompanyId'> }) {
  const t = useT('webhooks');
  if (row.company) {
    return (
      <Link
        href={`/admin/companies/${row.company.id}`}
        className="line-clamp-2 underline decoration-line-strong/60 underline-offset-4 hover:decoration-current"
      >
        {row.company.name}
      </Link>
    );
  }
  return row.codatCompanyId ? (
    <span className="font-mono text-xs break-all text-ink-muted">{row.codatCompanyId}</span>
  ) : (
    <span className="text-ink-faint">{t('list.noCompany')}</span>
  );
}

function Processing({ row }: { row: Row }) {
  const t = useT('webhooks');
  const { receivedAt, processedAt, dueAt, attempts, state } = row;
  return (
    <>
      {processedAt ? (
        <>
          <span className="lg:whitespace-nowrap">
            <Time at={processedAt} as="second" />
          </span>
          <p className="text-xs text-ink-faint">
            {t('list.after', { after: lagText(t, receivedAt, processedAt) })}
          </p>
        </>
      ) : (
        <span className="text-ink-muted">
          {t(state === 'pending' ? 'list.notYet' : 'list.notProcessed')}
        </span>
      )}
      {dueAt && attempts > 0 ? (
        <p className="text-xs text-ink-faint">
          {t.rich('list.nextTry', { time: () => <Time at={dueAt} as="relative" /> })}
        </p>
      ) : null}
    </>
  );
}
