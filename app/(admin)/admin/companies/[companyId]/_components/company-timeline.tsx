import { ExternalLink, ShieldCheck, UserRoundCog, Webhook } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { hrefOf } from '@/components/href';
import { ConnectionMark } from '@/components/status/connection-status';
import { StatusMark } from '@/components/status/status-mark';
import { Time } from '@/components/time/time';
import { buttonStyle } from '@/components/ui/button';
import {
  type TimelineEntry,
  type TimelineFilter,
  type TimelinePage,
  timelineFilters,
} from '@/lib/companies/timeline/timeline-schemas';
import { getMessageText, getT } from '@/messages/server/get-t';
import { entryNotes, entrySource, entryTitle } from './company-text';

const icons = {
  webhook: Webhook,
  audit: UserRoundCog,
  consent: ShieldCheck,
  link: ExternalLink,
} as const;

type Props = {
  companyId: string;
  page: TimelinePage;
  filter: TimelineFilter;
  /** Whether this is not the newest page. */
  isOlder: boolean;
};

/** Everything that happened, newest first; narrowed and paged by the address. */
export function CompanyTimeline({ companyId, page, filter, isOlder }: Props) {
  const t = useT('adminCompany');
  const href = (show: TimelineFilter, before?: string) => {
    const page = hrefOf(`/admin/companies/${companyId}`, { show, before }, { show: 'all' });
    return `${page}#timeline` as Route;
  };
  return (
    <Panel id="timeline" title={t('timeline.title')}>
      <nav aria-label={t('timeline.filter')} className="mb-5 flex flex-wrap gap-1.5" data-no-print>
        {timelineFilters.map((show) => (
          <Link
            key={show}
            href={href(show)}
            aria-current={show === filter ? 'true' : undefined}
            className="inline-flex min-h-9 items-center rounded-lg border border-line px-3 text-ink-muted hover:text-ink aria-[current=true]:border-accent-line aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-accent-text"
          >
            {t(`timeline.show.${show}`)}
          </Link>
        ))}
      </nav>
      {page.entries.length > 0 ? (
        <ol>
          {page.entries.map((entry, i) => (
            <Entry
              key={`${entry.kind} ${entry.id}`}
              entry={entry}
              last={i === page.entries.length - 1}
            />
          ))}
        </ol>
      ) : (
        <p className="text-ink-muted">{t('timeline.empty')}</p>
      )}
      {isOlder || page.older ? (
        <nav aria-label={t('timeline.paging')} className="mt-5 flex gap-2" data-no-print>
          {isOlder ? (
            <Link href={href(filter)} className={buttonStyle({ size: 'small' })}>
              {t('timeline.newest')}
            </Link>
          ) : null}
          {page.older ? (
            <Link href={href(filter, page.older)} className={buttonStyle({ size: 'small' })}>
              {t('timeline.older')}
            </Link>
          ) : null}
        </nav>
      ) : null}
    </Panel>
  );
}

async function Entry({ entry, last }: { entry: TimelineEntry; last: boolean }) {
  const messageText = await getMessageText();
  const adminText = await getT('admin');
  const t = await getT('adminCompany');
  const connectionsText = await getT('connections');
  const webhooksText = await getT('webhooks');
  return (
    <li className="relative flex gap-3 pb-5 last:pb-0">
      {last ? null : (
        <span aria-hidden="true" className="absolute top-5 bottom-0 start-2 border-s border-line" />
      )}
      <span className="z-10 mt-1 bg-surface">
        <Mark entry={entry} />
      </span>
      <div className="min-w-0 text-[0.9375rem]">
        <p className="font-medium">{entryTitle(t, connectionsText, entry)}</p>
        {entryNotes(messageText, adminText, t, entry).map((note) => (
          <p key={note} className="text-sm text-ink-muted">
            {note}
          </p>
        ))}
        <p className="text-sm text-ink-faint">
          <Time at={entry.at} />
          {' · '}
          {entrySource(adminText, t, connectionsText, webhooksText, entry)}
          {isLate(entry) ? (
            <>
              {' · '}
              {t.rich('timeline.happened', { time: () => <Time at={entry.occurredAt} /> })}
            </>
          ) : null}
        </p>
      </div>
    </li>
  );
}

/** Whether it happened well before the portal learned of it. */
function isLate(entry: TimelineEntry): entry is Extract<TimelineEntry, { kind: 'status' }> {
  if (entry.kind !== 'status') return false;
  return Date.parse(entry.at) - Date.parse(entry.occurredAt) > 60_000;
}

function Mark({ entry }: { entry: TimelineEntry }) {
  if (entry.kind === 'status') {
    return entry.toStatus ? (
      <ConnectionMark status={entry.toStatus} />
    ) : (
      <StatusMark shape="cross" className="text-ink-muted" />
    );
  }
  const Icon = icons[entry.kind];
  return <Icon aria-hidden="true" className="size-4 text-ink-faint" />;
}
