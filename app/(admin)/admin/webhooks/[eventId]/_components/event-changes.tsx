import { statusText } from '@/components/status/connection-status';
import type { EventDetail } from '@/lib/webhooks/room/schemas';
import { t } from '@/messages/webhooks';

export function EventChanges({ event }: { event: EventDetail }) {
  if (event.changes.length === 0) return <p className="text-ink-muted">{t('event.noChanges')}</p>;
  return (
    <ul className="space-y-1.5">
      {event.changes.map(({ connectionId, platformName, from, to }) => (
        <li key={`${connectionId} ${to}`}>
          {t(from ? 'event.changed' : 'event.changedFirst', {
            platform: platformName ?? connectionId,
            from: from ? statusText(from) : '',
            to: to ? statusText(to) : t('event.removed'),
          })}
        </li>
      ))}
    </ul>
  );
}
