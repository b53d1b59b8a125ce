import type { ReactNode } from 'react';
import { EventCompany } from '@/app/(admin)/admin/webhooks/_components/event-row';
import { CopyId } from '@/components/ui/copy-id';
import type { EventDetail } from '@/lib/webhooks/room/schemas';
import { t } from '@/messages/webhooks';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function EventFacts({ event }: { event: EventDetail }) {
  return (
    <dl className="space-y-3">
      <Fact name={t('event.company')}>
        <EventCompany row={event} />
      </Fact>
      {event.codatCompanyId ? (
        <Fact name={t('event.codatCompany')}>
          <CopyId id={event.codatCompanyId} what={t('event.codatCompany')} />
        </Fact>
      ) : null}
      <Fact name={t('event.webhookId')}>
        <CopyId id={event.webhookId} what={t('event.webhookId')} />
      </Fact>
      {event.eventId ? (
        <Fact name={t('event.eventId')}>
          <CopyId id={event.eventId} what={t('event.eventId')} />
        </Fact>
      ) : null}
      <Fact name={t('event.tries')}>{t('event.triesText', { count: event.attempts })}</Fact>
      <Fact name={t('event.deliveries')}>
        {t('event.deliveriesText', { count: event.deliveries })}
      </Fact>
    </dl>
  );
}
