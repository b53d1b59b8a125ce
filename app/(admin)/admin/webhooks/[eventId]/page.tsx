import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BackLink } from '@/app/(admin)/admin/_components/page-head';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import {
  ReprocessForm,
  ReprocessScope,
  SettleForm,
} from '@/app/(admin)/admin/webhooks/_components/reprocess';
import { LiveRefresh } from '@/components/live/live-refresh';
import { Notice } from '@/components/ui/notice';
import { getEnv } from '@/env';
import { can } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/session';
import { getEventDetail, wasDeleted } from '@/lib/webhooks/room/event-detail';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { EventChanges, EventFacts, EventPayload } from './_components/event-facts';
import { EventHeader } from './_components/event-header';
import { EventSteps } from './_components/event-steps';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('webhooks');
  return { title: t('event.facts') };
}

export default async function WebhookEventPage({ params }: PageProps<'/admin/webhooks/[eventId]'>) {
  const t = await getT('webhooks');
  const { eventId } = await params;
  const actor = await requireOperator(`/admin/webhooks/${eventId}`, 'webhooks:read');
  const event = await getEventDetail(actor, eventId);
  if (!event && (await wasDeleted(actor, eventId))) return <DeletedEvent />;
  if (!event) notFound();
  const mayPutBack = can(actor, 'webhooks:write') && event.state !== 'pending';
  return (
    <GiveTexts areas={['webhooks']}>
      <LiveRefresh throttleMs={1_000} everyMs={event.state === 'pending' ? 2_000 : 30_000} />
      <EventHeader event={event} />
      {can(actor, 'webhooks:write') ? (
        <ReprocessScope>
          {mayPutBack ? (
            <div className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2">
              <ReprocessForm fields={{ event: event.id }}>{t('again.one')}</ReprocessForm>
              <p className="min-w-0 flex-[1_1_20rem] text-sm text-ink-muted">
                {t('again.idempotent')}
              </p>
              {event.state === 'dead' ? (
                <SettleForm id="reason" fields={{ event: event.id }}>
                  {t('settle.submit', { count: 1 })}
                </SettleForm>
              ) : null}
            </div>
          ) : null}
        </ReprocessScope>
      ) : null}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="space-y-4">
          <Panel title={t('event.steps')}>
            <EventSteps event={event} />
          </Panel>
          <Panel title={t('event.payload')}>
            <EventPayload payload={event.payload} />
          </Panel>
        </div>
        <div className="space-y-4">
          <Panel title={t('event.facts')}>
            <EventFacts event={event} />
          </Panel>
          {event.state === 'processed' && event.company ? (
            <Panel title={t('event.changes')}>
              <EventChanges event={event} />
            </Panel>
          ) : null}
        </div>
      </div>
    </GiveTexts>
  );
}

async function DeletedEvent() {
  const t = await getT('webhooks');
  const days = getEnv().KEEP_WEBHOOKS_DAYS;
  return (
    <div className="space-y-4">
      <BackLink href="/admin/webhooks">{t('event.back')}</BackLink>
      <h1 className="text-2xl font-semibold">{t('event.deletedTitle')}</h1>
      <Notice title={t('event.deleted', { days })}>
        <p>{t('event.deletedText')}</p>
      </Notice>
    </div>
  );
}
