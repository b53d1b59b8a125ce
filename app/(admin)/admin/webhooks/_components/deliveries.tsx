import { ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { useT } from '#i18n';
import { ListPaging } from '@/app/(admin)/admin/_components/list-paging';
import { firstPage, hrefOf } from '@/components/href';
import { type Actor, can } from '@/lib/actor';
import { countedTo } from '@/lib/lists/schemas';
import type { EventListInput, EventListPage } from '@/lib/webhooks/room/schemas';
import { EventTable } from './event-table';
import { SelectionForm } from './selection-form';

type Props = { actor: Actor; input: EventListInput; page: EventListPage };

/** The rows of a page and the paging; actors who may retry events can tick rows and retry them. */
export function Deliveries({ actor, input, page }: Props) {
  const t = useT('webhooks');
  const { rows, before, after, newer } = page;
  const start = firstPage(input);
  const title = (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4">
      <h2 className="text-lg font-semibold">{t('list.title')}</h2>
      {newer > 0 ? (
        <Link
          href={hrefOf('/admin/webhooks', start)}
          className="inline-flex min-h-9 items-center gap-1.5 rounded-full bg-accent-soft px-3 text-sm font-medium text-accent-text hover:underline"
        >
          <ArrowUp className="size-4" aria-hidden="true" />
          {t(newer < countedTo ? 'list.newer' : 'list.newerAtLeast', { count: newer })}
        </Link>
      ) : null}
    </div>
  );
  return (
    <>
      {can(actor, 'webhooks:write') ? (
        <SelectionForm title={title}>
          <EventTable rows={rows} label={t('list.label')} selectable />
        </SelectionForm>
      ) : (
        <>
          <div className="mb-3">{title}</div>
          <EventTable rows={rows} label={t('list.label')} />
        </>
      )}
      <ListPaging
        before={before}
        after={after}
        hrefAt={(place) => hrefOf('/admin/webhooks', { ...start, ...place })}
        texts={{ label: t('paging'), before: t('newerPage'), after: t('olderPage') }}
      />
    </>
  );
}
