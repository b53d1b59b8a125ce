import type { Metadata } from 'next';
import { useT } from '#i18n';
import { EmptyList } from '@/app/(admin)/admin/_components/empty-list';
import { hrefOf } from '@/components/href';
import { LiveRefresh } from '@/components/live/live-refresh';
import { Time } from '@/components/time/time';
import { Notice } from '@/components/ui/notice';
import { getEnv } from '@/env';
import { can } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/session';
import { withZone } from '@/lib/web/reader-zone';
import { countEvents, listEventTypes } from '@/lib/webhooks/room/event-filter';
import { getOldDelivery, listEvents } from '@/lib/webhooks/room/list-events';
import { eventFilterSchema, eventListSchema } from '@/lib/webhooks/room/schemas';
import { getWebhookHealth } from '@/lib/webhooks/room/webhook-health';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { DeadLetters } from './_components/dead-letters';
import { Deliveries } from './_components/deliveries';
import { EventFilters, StateChips } from './_components/event-filters';
import { ReprocessScope } from './_components/reprocess';
import { SilenceAlarm } from './_components/silence-alarm';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('webhooks');
  return { title: t('title') };
}

export default async function WebhooksPage({ searchParams }: PageProps<'/admin/webhooks'>) {
  const t = await getT('webhooks');
  const actor = await requireOperator('/admin/webhooks', 'webhooks:read');
  const { input, zone } = await withZone(eventListSchema.parse(await searchParams));
  const filter = eventFilterSchema.parse(input);
  const [page, counts, types, silence] = await Promise.all([
    listEvents(actor, input),
    countEvents(actor, filter),
    listEventTypes(),
    getWebhookHealth(),
  ]);
  const { state, after, before, top } = input;
  const filtered = [state, after, before, top, ...Object.values(filter)].some(Boolean);
  const held = before || after || top ? null : page.top;
  const elsewhere = state !== undefined && state !== 'dead';
  const rows =
    page.rows.length === 0 ? (
      <NoEvents
        isFiltered={filtered}
        old={filter.webhook ? await getOldDelivery(actor, filter.webhook) : null}
      />
    ) : (
      <>
        <DeadLetters
          actor={actor}
          filter={filter}
          count={elsewhere ? 0 : counts.dead}
          listed={state === 'dead'}
        />
        <Deliveries actor={actor} input={input} page={page} />
      </>
    );
  return (
    <GiveTexts areas={['webhooks']}>
      <LiveRefresh
        throttleMs={2_000}
        everyMs={5_000}
        {...(held && { holdAt: hrefOf('/admin/webhooks', { ...input, top: held }) })}
      />
      <div className="mb-6">
        <h1 className="text-2xl font-semibold">{t('title')}</h1>
        <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('lead')}</p>
      </div>
      <SilenceAlarm silence={silence} />
      <div className="mb-6 space-y-3">
        <StateChips input={input} counts={counts} />
        <EventFilters input={input} zone={zone} types={types} />
      </div>
      {can(actor, 'webhooks:write') ? <ReprocessScope>{rows}</ReprocessScope> : rows}
      <p className="mt-6 text-sm text-ink-faint">
        {t('refused')} {t('kept', { days: getEnv().KEEP_WEBHOOKS_DAYS })}
      </p>
    </GiveTexts>
  );
}

/** Tells a portal that never had a delivery apart from filters that found none. */
function NoEvents({
  isFiltered,
  old,
}: {
  isFiltered: boolean;
  old: Awaited<ReturnType<typeof getOldDelivery>>;
}) {
  const t = useT('webhooks');
  const days = getEnv().KEEP_WEBHOOKS_DAYS;
  if (old) {
    return (
      <Notice title={t('empty.oldTitle', { days })}>
        <p>
          {t.rich('empty.oldText', {
            count: old.deliveries,
            time: () => <Time at={old.at} />,
          })}
        </p>
      </Notice>
    );
  }
  if (!isFiltered) return <EmptyList title={t('empty.title')} text={t('empty.text')} />;
  return (
    <EmptyList
      title={t('empty.noneTitle')}
      text={t('empty.noneText')}
      action={{ href: '/admin/webhooks', text: t('empty.noneAction') }}
    />
  );
}
