import { useT } from '#i18n';
import { BackLink } from '@/app/(admin)/admin/_components/page-head';
import { EventResult } from '@/app/(admin)/admin/webhooks/_components/event-result';
import { Notice } from '@/components/ui/notice';
import type { EventDetail } from '@/lib/webhooks/room/schemas';

export function EventHeader({ event }: { event: EventDetail }) {
  const t = useT('webhooks');
  const failing = event.lastError !== null && ['dead', 'pending'].includes(event.state);
  return (
    <div className="mb-6 space-y-4">
      <div>
        <BackLink href="/admin/webhooks">{t('event.back')}</BackLink>
        <h1 translate="no" className="mt-1 text-2xl font-semibold">
          {event.eventType}
        </h1>
        <p className="mt-1.5 text-[0.9375rem]">
          <EventResult state={event.state} attempts={event.attempts} />
        </p>
      </div>
      {failing ? (
        <Notice tone={event.state === 'dead' ? 'bad' : 'warn'} title={t('event.error')}>
          <p className="break-words whitespace-pre-wrap">{event.lastError}</p>
        </Notice>
      ) : null}
      {event.state === 'unmatched' ? (
        <Notice tone="wait" title={t('state.unmatched')}>
          <p>{t('event.unmatchedHint')}</p>
        </Notice>
      ) : null}
    </div>
  );
}
