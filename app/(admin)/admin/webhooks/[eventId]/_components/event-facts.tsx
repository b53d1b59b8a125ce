import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { EventCompany } from '@/app/(admin)/admin/webhooks/_components/event-row';
import { statusText } from '@/components/status/connection-status';
import { CopyId } from '@/components/ui/copy-id';
import { ScrollArea } from '@/components/ui/scroll-area';
import type { EventDetail } from '@/lib/webhooks/room/schemas';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function EventFacts({ event }: { event: EventDetail }) {
  const t = useT('webhooks');
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

export function EventChanges({ event }: { event: EventDetail }) {
  const connectionsText = useT('connections');
  const t = useT('webhooks');
  if (event.changes.length === 0) return <p className="text-ink-muted">{t('event.noChanges')}</p>;
  return (
    <ul className="space-y-1.5">
      {event.changes.map(({ connectionId, platformName, from, to }) => (
        <li key={`${connectionId} ${to}`}>
          {t(from ? 'event.changed' : 'event.changedFirst', {
            platform: platformName ?? connectionId,
            from: from ? statusText(connectionsText, from) : '',
            to: to ? statusText(connectionsText, to) : t('event.removed'),
          })}
        </li>
      ))}
    </ul>
  );
}

/** Formatted on the server, shown as text: nothing in it is ever markup. */
export function EventPayload({ payload }: { payload: string }) {
  const t = useT('webhooks');
  return (
    <>
      <p className="mb-3 text-ink-muted">{t('event.payloadHint')}</p>
      <ScrollArea
        label={t('event.payloadLabel')}
        className="max-h-[32rem] overflow-auto rounded-lg border border-line bg-sunken p-3"
      >
        <pre className="font-mono text-[0.8125rem] leading-relaxed whitespace-pre-wrap break-words">
          {payload}
        </pre>
      </ScrollArea>
    </>
  );
}
