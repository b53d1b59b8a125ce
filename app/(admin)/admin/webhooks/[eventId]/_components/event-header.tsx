import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { EventResult } from '@/app/(admin)/admin/webhooks/_components/event-result';
import { Notice } from '@/components/ui/notice';
import type { EventDetail } from '@/lib/webhooks/room/schemas';
import { t } from '@/messages/webhooks';

export function EventHeader({ event }: { event: EventDetail }) {
  const failing = event.lastError !== null && ['dead', 'pending'].includes(event.state);
  return (
    <div className="mb-6 space-y-4">
      <div>
        <Link
          href="/admin/webhooks"
          className="-ml-2 inline-flex min-h-9 items-center gap-1.5 rounded-lg px-2 text-sm text-ink-muted hover:text-ink"
        >
          <ArrowLeft className="size-4" aria-hidden="true" />
          {t('event.back')}
        </Link>
        <h1 className="mt-1 text-2xl font-semibold">{event.eventType}</h1>
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
