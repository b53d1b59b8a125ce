import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { useT } from '#i18n';
import { EmptyList } from '@/app/(admin)/admin/_components/empty-list';
import { ListPaging } from '@/app/(admin)/admin/_components/list-paging';
import { hrefOf } from '@/components/href';
import { buttonStyle } from '@/components/ui/button';
import { can } from '@/lib/actor';
import { listAudit, listAuditActors } from '@/lib/audit/log/list-audit';
import { auditFilterSchema, auditListSchema } from '@/lib/audit/log/schemas';
import { requireOperator } from '@/lib/auth/session';
import { withZone } from '@/lib/web/reader-zone';
import { getT } from '@/messages/server/get-t';
import { AuditFilters } from './_components/audit-filters';
import { AuditTable } from './_components/audit-table';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('audit');
  return { title: t('title') };
}

export default async function AuditPage({ searchParams }: PageProps<'/admin/audit'>) {
  const t = await getT('audit');
  const actor = await requireOperator('/admin/audit', 'audit:read');
  const { input, zone } = await withZone(auditListSchema.parse(await searchParams));
  const filter = auditFilterSchema.parse(input);
  const [{ rows, before, after }, actors] = await Promise.all([
    listAudit(actor, input),
    listAuditActors(actor),
  ]);
  return (
    <>
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div>
          <h1 className="text-2xl font-semibold">{t('title')}</h1>
          <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('lead')}</p>
        </div>
        {can(actor, 'export:read') && rows.length > 0 ? (
          // Not a Link: prefetching on hover would export the log.
          <a
            href={hrefOf('/admin/audit/export', filter)}
            download
            className={buttonStyle({ size: 'small' })}
          >
            <Download className="size-4" aria-hidden="true" />
            {t('export')}
          </a>
        ) : null}
      </div>
      <div className="mb-4">
        <AuditFilters input={input} zone={zone} actors={actors} />
      </div>
      {rows.length > 0 ? (
        <AuditTable rows={rows} />
      ) : (
        <NoEntries isFiltered={Object.values(input).some(Boolean)} />
      )}
      <ListPaging
        before={before}
        after={after}
        hrefAt={(place) => hrefOf('/admin/audit', { ...filter, ...place })}
        texts={{ label: t('paging'), before: t('newer'), after: t('older') }}
      />
    </>
  );
}

/** Tells an empty log apart from filters that found nothing. */
function NoEntries({ isFiltered }: { isFiltered: boolean }) {
  const t = useT('audit');
  if (!isFiltered) return <EmptyList title={t('empty.title')} text={t('empty.text')} />;
  return (
    <EmptyList
      title={t('empty.noneTitle')}
      text={t('empty.noneText')}
      action={{ href: '/admin/audit', text: t('empty.noneAction') }}
    />
  );
}
